import { useQueries } from '@tanstack/react-query';
import { getPayee } from '#contracts/finance';
import { getMunicipality, getPartnership } from '#contracts/partnership';
import { getAssignment, getExpert } from '#contracts/staffing';
import { partnershipName, shortName } from '../i18n/names';
import { mayCall } from './may';
import { read } from './query';
import { useSession } from './use-session';

const NAMES_FRESH_MS = 300_000;
/** Until a name is there, and where it may not be read. */
const UNKNOWN = '…';

type NameOf = (id: string) => string;

/** What partnerships are called, by their ids: nobody reads an id. */
export function usePartnershipNames(ids: readonly string[]): NameOf {
  const { roles } = useSession();
  const unique = mayCall(getPartnership, roles) ? [...new Set(ids)] : [];
  const answers = useQueries({
    queries: unique.map((partnershipId) => ({ ...read(getPartnership, { partnershipId }), staleTime: NAMES_FRESH_MS })),
  });
  const names = new Map(
    unique.map((id, index) => [id, answers[index]?.data && partnershipName(answers[index].data.participants)]),
  );
  return (id) => names.get(id) ?? UNKNOWN;
}

/** What towns are called, for whoever is signed in. */
export function useMunicipalityNames(ids: readonly string[]): NameOf {
  const unique = [...new Set(ids)];
  const answers = useQueries({
    queries: unique.map((municipalityId) => ({
      ...read(getMunicipality, { municipalityId }),
      staleTime: NAMES_FRESH_MS,
    })),
  });
  const names = new Map(unique.map((id, index) => [id, answers[index]?.data && shortName(answers[index].data.name)]));
  return (id) => names.get(id) ?? UNKNOWN;
}

/** What experts are called, for whoever may know; `otherwise` for others and after erasure. */
export function useExpertNames(ids: readonly string[], otherwise: string): NameOf {
  const { roles } = useSession();
  // Who may not read experts at all need not be refused each time.
  const unique = mayCall(getExpert, roles) ? [...new Set(ids)] : [];
  const answers = useQueries({
    queries: unique.map((expertId) => ({ ...read(getExpert, { expertId }), staleTime: NAMES_FRESH_MS, retry: false })),
  });
  const names = new Map(
    unique.map((id, index) => {
      const person = answers[index]?.data?.person;
      return [id, person && `${person.givenNames} ${person.familyName}`];
    }),
  );
  return (id) => names.get(id) ?? otherwise;
}

/** What payees are called; nobody who may not read them sees their names. */
export function usePayeeNames(ids: readonly string[]): NameOf {
  const { roles } = useSession();
  const unique = mayCall(getPayee, roles) ? [...new Set(ids)] : [];
  const answers = useQueries({
    queries: unique.map((payeeId) => ({ ...read(getPayee, { payeeId }), staleTime: NAMES_FRESH_MS })),
  });
  const names = new Map(unique.map((id, index) => [id, answers[index]?.data?.name]));
  return (id) => names.get(id) ?? UNKNOWN;
}

/** What assignments are called: the person, as far as the reader may know it, and the town. */
export function useAssignmentNames(
  ids: readonly (string | null)[],
  nameOf: (expert: string, town: string) => string,
  expert: string,
): (id: string | null) => string {
  const unique = [...new Set(ids.filter((id) => id !== null))];
  const answers = useQueries({
    queries: unique.map((assignmentId) => ({ ...read(getAssignment, { assignmentId }), staleTime: NAMES_FRESH_MS })),
  });
  const assignments = answers.flatMap(({ data }) => data ?? []);
  const expertName = useExpertNames(
    assignments.map(({ expertId }) => expertId),
    expert,
  );
  const townName = useMunicipalityNames(assignments.map(({ employerMunicipalityId }) => employerMunicipalityId));
  const names = new Map(
    assignments.map((each) => [each.id, nameOf(expertName(each.expertId), townName(each.employerMunicipalityId))]),
  );
  return (id) => names.get(id ?? '') ?? UNKNOWN;
}
