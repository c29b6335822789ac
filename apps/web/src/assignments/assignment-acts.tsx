import {
  type AssignmentView,
  cancelAssignment,
  completeAssignment,
  confirmAssignment,
  decideOnAssignment,
  departAssignment,
  endAssignmentEarly,
  extendAssignment,
  interruptAssignment,
  listAssignmentActions,
  prepareAssignment,
  replanAssignment,
  resumeAssignment,
} from '#contracts/staffing';
import { common } from '../i18n/common';
import { dayAfter, dayText, lastDayOf } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { act, type Act, type ActElsewhere } from '../ui/act';
import { Acts } from '../ui/acts';
import { useOverrideFields } from '../ui/override-fields';
import { choicesOf } from '../ui/inputs';
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
      acts={[...useActsBefore(id), ...useActsDuring(id)]}
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

/** From the departure on. */
function useActsDuring(id: string): Act[] {
  const { acts, reasons } = useTexts(assignmentTexts);
  const fixed = { assignmentId: id };
  const override = useOverrideFields();
  const note = { label: acts.note, hint: acts.noteHint, rows: 3 };
  const reason = { label: acts.reason, choices: choicesOf(reasons) };
  const attributableToExpert = { label: acts.attributable, hint: acts.attributableHint, initial: false };
  const change = { reason, attributableToExpert, note };
  const to = { label: acts.extendTo, sent: dayAfterOf };
  const endedOn = { label: acts.lastDay, sent: dayAfterOf };
  const interruptedOn = { label: acts.interruptedOn };
  return [
    act({ operation: completeAssignment, isNext: true, ...acts.complete, fixed, fields: {} }),
    act({
      operation: resumeAssignment,
      isNext: true,
      ...acts.resume,
      fixed,
      fields: { resumedOn: { label: acts.resumedOn }, note },
    }),
    act({ operation: extendAssignment, ...acts.extend, fixed, fields: { to, note, ...override } }),
    act({ operation: interruptAssignment, ...acts.interrupt, fixed, fields: { interruptedOn, ...change } }),
    act({ operation: endAssignmentEarly, ...acts.endEarly, fixed, fields: { endedOn, ...change } }),
  ];
}

/** People say the last day; the request wants the day after it. */
function dayAfterOf(last: unknown): unknown {
  return typeof last === 'string' && /^\d{4}-\d\d-\d\d$/.test(last) ? dayAfter(last) : last;
}
