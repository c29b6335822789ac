import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { createPayee, listPayees } from '#contracts/finance';
import type { AssignmentView } from '#contracts/staffing';
import { mayCall } from '../api/may';
import { read } from '../api/query';
import { useSession } from '../api/use-session';
import { useTexts } from '../i18n/texts';
import { Loaded } from '../ui/query-state';
import { assignmentTexts } from './texts';

/** Who gets the money of an assignment, for those who see payees; whoever may names one where there is none. */
export function PayeeOf({
  assignment: { id, instrument, expertId, employerMunicipalityId },
}: {
  readonly assignment: AssignmentView;
}) {
  const { page } = useTexts(assignmentTexts);
  const { roles } = useSession();
  const isSeen = mayCall(listPayees, roles);
  // The instalments of a local expert go to the employer (docs/domain.md#instruments).
  const owner = instrument === 'LOCAL_EXPERT' ? { municipalityId: employerMunicipalityId } : { expertId };
  const query = useQuery({ ...read(listPayees, owner), enabled: isSeen });
  if (!isSeen) return null;
  return (
    <Loaded query={query}>
      {({ items: [payee] }) => (
        <p className="kern-body">
          {page.payee}:{' '}
          {payee ? (
            <Link className="kern-link" to={`/payees/${payee.id}`}>
              {payee.name}
            </Link>
          ) : (
            page.noPayee
          )}{' '}
          {!payee && mayCall(createPayee, roles) && (
            <Link className="kern-link" to={`/payees/new?assignment=${id}`}>
              {page.createPayee}
            </Link>
          )}
        </p>
      )}
    </Loaded>
  );
}
