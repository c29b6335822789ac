import { useQueries } from '@tanstack/react-query';
import { type CostTerms, estimateChange, estimateShareChange } from '#contracts/finance';
import { getPartnership } from '#contracts/partnership';
import {
  type AssignmentView,
  cancelAssignment,
  changeAssignmentShare,
  changeAssignmentTerms,
  completeAssignment,
  confirmAssignment,
  correctAssignmentDays,
  correctAssignmentEmployer,
  decideOnAssignment,
  departAssignment,
  endAssignmentEarly,
  extendAssignment,
  giveExpertConsent,
  interruptAssignment,
  listAssignmentActions,
  prepareAssignment,
  replanAssignment,
  resumeAssignment,
  withdrawExpertConsent,
} from '#contracts/staffing';
import { mayCall } from '../api/may';
import { read } from '../api/query';
import { useSession } from '../api/use-session';
import { common } from '../i18n/common';
import { dayText, lastDayOf } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { act, type Act, type ActElsewhere } from '../ui/act';
import { Acts } from '../ui/acts';
import { useOverrideFields } from '../ui/override-fields';
import { choicesOf } from '../ui/inputs';
import { ChangeMoney, dayAfterOf, InterruptionMoney } from './change-money';
import { useTermsField } from './terms';
import { assignmentTexts } from './texts';

/** Seconds that a page waits for the answer of the fund. */
const COVER_WAIT = 10;

/** Everything that happens to an assignment, from the decision of the employer to its end. */
export function AssignmentActs({ assignment }: { readonly assignment: AssignmentView }) {
  const { list } = useTexts(assignmentTexts);
  const { words } = useTexts(common);
  const language = useLanguage();
  const { id, version, status, period, fullTimePercent } = assignment;
  return (
    <Acts
      of={listAssignmentActions}
      id={{ assignmentId: id }}
      version={version}
      seen={{
        [list.status]: words.assignmentStatus[status],
        [list.columns.period]: `${dayText(period.from, language)} – ${dayText(lastDayOf(period.to), language)}`,
        [list.columns.share]: `${fullTimePercent} %`,
      }}
      acts={[
        ...useActsBefore(id),
        ...useActsDuring(assignment),
        ...useConsents(assignment),
        ...useCorrections(assignment),
      ]}
    />
  );
}

/** Until the departure. */
function useActsBefore(id: string): (Act | ActElsewhere)[] {
  const { acts } = useTexts(assignmentTexts);
  const fixed = { assignmentId: id };
  const override = useOverrideFields();
  const note = { label: acts.note, hint: acts.noteHint, rows: 3 };
  const outcome = { label: acts.outcome, choices: choicesOf(acts.outcomes) };
  const decision = { outcome, note: { label: acts.note, rows: 3 } };
  const startedOn = { label: acts.startedOn };
  const departedOn = { label: acts.departedOn };
  const isNext = true;
  return [
    act({ operation: decideOnAssignment, isNext, ...acts.decide, fixed, fields: decision }),
    act({
      operation: confirmAssignment,
      isNext,
      waitSeconds: COVER_WAIT,
      ...acts.confirm,
      fixed,
      fields: { note, ...override },
    }),
    act({ operation: prepareAssignment, isNext, ...acts.prepare, fixed, fields: { startedOn } }),
    act({ operation: departAssignment, isNext, ...acts.depart, fixed, fields: { departedOn } }),
    { operation: replanAssignment, label: acts.plan, to: `/assignments/${id}/plan` },
    act({ operation: cancelAssignment, ...acts.cancel, fixed, fields: { reason: { label: acts.reason, rows: 3 } } }),
  ];
}

/** From the departure on; those that change what is paid show it before. */
function useActsDuring(assignment: AssignmentView): Act[] {
  const { id, commitmentId } = assignment;
  const { acts, reasons } = useTexts(assignmentTexts);
  const { roles } = useSession();
  const fixed = { assignmentId: id };
  const override = useOverrideFields();
  const note = { label: acts.note, hint: acts.noteHint, rows: 3 };
  const reason = { label: acts.reason, choices: choicesOf(reasons) };
  const attributableToExpert = { label: acts.attributable, hint: acts.attributableHint, initial: false };
  const change = { reason, attributableToExpert, note };
  const to = { label: acts.extendTo, sent: dayAfterOf };
  const endedOn = { label: acts.lastDay, sent: dayAfterOf };
  const interruptedOn = { label: acts.interruptedOn };
  const share = {
    from: { label: acts.shareFrom },
    fullTimePercent: { label: acts.sharePercent },
    reason,
    note,
  };
  const terms = useTermsField(assignment);
  const money = commitmentId !== null && mayCall(estimateChange, roles) ? moneyOf(commitmentId, terms.sent) : {};
  return [
    act({ operation: completeAssignment, isNext: true, ...acts.complete, fixed, fields: {} }),
    act({
      operation: resumeAssignment,
      isNext: true,
      ...acts.resume,
      fixed,
      fields: { resumedOn: { label: acts.resumedOn }, note },
    }),
    act({
      operation: extendAssignment,
      ...acts.extend,
      fixed,
      fields: { to, note, ...override },
      preview: money.extend,
    }),
    act({
      operation: changeAssignmentShare,
      ...acts.share,
      fixed,
      fields: { ...share, ...override },
      preview: money.share,
    }),
    act({
      operation: changeAssignmentTerms,
      ...acts.terms,
      fixed,
      fields: { from: { label: acts.termsFrom }, terms, reason, note, ...override },
      preview: money.terms,
    }),
    act({
      operation: interruptAssignment,
      ...acts.interrupt,
      fixed,
      fields: { interruptedOn, ...change },
      preview: money.interrupt,
    }),
    act({
      operation: endAssignmentEarly,
      ...acts.endEarly,
      fixed,
      fields: { endedOn, ...change },
      preview: money.endEarly,
    }),
  ];
}

type Previews = Partial<Record<'extend' | 'share' | 'terms' | 'interrupt' | 'endEarly', Act['preview']>>;

function moneyOf(commitmentId: string, termsIn: (values: unknown) => CostTerms): Previews {
  return {
    extend: () => (
      <ChangeMoney operation={estimateChange} inputOf={({ to }) => ({ commitmentId, extendedTo: dayAfterOf(to) })} />
    ),
    share: () => (
      <ChangeMoney
        operation={estimateShareChange}
        inputOf={({ from, fullTimePercent }) => ({ commitmentId, from, fullTimePercent })}
      />
    ),
    terms: () => (
      <ChangeMoney
        operation={estimateChange}
        inputOf={({ from, terms }) => ({ commitmentId, changed: { from, terms: termsIn(terms) } })}
      />
    ),
    interrupt: () => <InterruptionMoney commitmentId={commitmentId} />,
    endEarly: () => (
      <ChangeMoney
        operation={estimateChange}
        inputOf={({ endedOn, attributableToExpert }) => ({
          commitmentId,
          endedOn: dayAfterOf(endedOn),
          attributableToExpert,
        })}
      />
    ),
  };
}

/** Whether the employer sees the name: the expert says so, or somebody who says how the expert did. */
function useConsents({ id, expertId }: AssignmentView): Act[] {
  const { acts } = useTexts(assignmentTexts);
  const session = useSession();
  const fixed = { assignmentId: id };
  const evidence =
    session.expertId === expertId
      ? { label: acts.evidence, render: () => null }
      : { label: acts.evidence, hint: acts.evidenceHint, rows: 2 };
  return [
    act({ operation: giveExpertConsent, ...acts.giveConsent, fixed, fields: { evidence } }),
    act({ operation: withdrawExpertConsent, ...acts.withdrawConsent, fixed, fields: {} }),
  ];
}

/** What was recorded wrongly. */
function useCorrections({ id, partnershipIds }: AssignmentView): Act[] {
  const { acts, page } = useTexts(assignmentTexts);
  const fixed = { assignmentId: id };
  const reason = { label: acts.correctionReason, rows: 2 };
  const partnerships = useQueries({
    queries: partnershipIds.map((partnershipId) => read(getPartnership, { partnershipId })),
  });
  const towns = partnerships.flatMap(({ data }) => data?.participants.filter(({ side }) => side === 'PARTNER') ?? []);
  const choices = towns.map(({ municipalityId, name }) => ({ value: municipalityId, label: name }));
  return [
    act({
      operation: correctAssignmentEmployer,
      ...acts.correctEmployer,
      fixed,
      fields: { employerMunicipalityId: { label: page.employer, choices }, reason },
    }),
    act({
      operation: correctAssignmentDays,
      ...acts.correctDays,
      fixed,
      fields: { preparationStartedOn: { label: acts.startedOn }, departedOn: { label: acts.departedOn }, reason },
    }),
  ];
}
