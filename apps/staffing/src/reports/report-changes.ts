import type { ReportKind, ReportStatus } from '#contracts/staffing';
import type { DueReport } from './report-schedule';

/** What is known of a report that an assignment has. */
export interface KnownReport {
  readonly kind: ReportKind;
  /** Null as well for what was made before reports had numbers. */
  readonly progressNumber: number | null;
  readonly dueOn: string;
  readonly status: ReportStatus;
}

/** What brings the reports of an assignment in line with its schedule. */
export interface ReportChanges<R extends KnownReport> {
  readonly add: readonly DueReport[];
  /** To another day. */
  readonly move: readonly { readonly report: R; readonly dueOn: string }[];
  readonly cancel: readonly R[];
  /** Cancelled ones that are due after all. */
  readonly reopen: readonly { readonly report: R; readonly dueOn: string }[];
  /** Final reports after which the service goes on. */
  readonly becomeProgress: readonly R[];
}

/**
 * Compares the reports of an assignment with its schedule (docs/domain.md#reports). What was handed in stays, and answers for the
 * report it is and for whatever else falls due on its day. A final report that was handed in before an extension tells of the time
 * until then: it becomes a progress report, and a further final one is due; an accepted one never changes and stays what it is.
 */
export function reportChanges<R extends KnownReport>(
  known: readonly R[],
  schedule: readonly DueReport[],
): ReportChanges<R> {
  const endsOn = schedule.at(-1)?.dueOn ?? '';
  const handedIn = known.filter(isHandedIn);
  const becomeProgress = handedIn.filter(
    ({ kind, status, dueOn }) => kind === 'FINAL' && status !== 'ACCEPTED' && dueOn < endsOn,
  );
  const answering = handedIn.filter((report) => !becomeProgress.includes(report));
  const finals = answering.filter(({ kind, dueOn }) => kind === 'FINAL' && dueOn >= endsOn);
  const isAnswered = (due: DueReport): boolean =>
    due.kind === 'FINAL'
      ? finals.length > 0
      : answering.some((report) => isSame(report, due)) || handedIn.some(({ dueOn }) => dueOn === due.dueOn);
  const missing = schedule.filter((due) => !isAnswered(due));
  const found = missing.map((due) => ({
    due,
    report:
      known.find((report) => report.status === 'DRAFT' && isSame(report, due)) ??
      known.find((report) => report.status === 'CANCELLED' && isSame(report, due)),
  }));
  const wanted = found.flatMap(({ due, report }) => (report ? [{ report, dueOn: due.dueOn }] : []));
  return {
    add: found.filter(({ report }) => !report).map(({ due }) => due),
    move: [
      ...wanted.filter(({ report, dueOn }) => report.status === 'DRAFT' && report.dueOn !== dueOn),
      // An early end brings forward what is on its way as well.
      ...finals
        .filter(({ status, dueOn }) => status !== 'ACCEPTED' && dueOn !== endsOn)
        .map((report) => ({ report, dueOn: endsOn })),
    ],
    cancel: known.filter((it) => it.status === 'DRAFT' && !wanted.some(({ report }) => report === it)),
    reopen: wanted.filter(({ report }) => report.status === 'CANCELLED'),
    becomeProgress,
  };
}

function isHandedIn({ status }: KnownReport): boolean {
  return status !== 'DRAFT' && status !== 'CANCELLED';
}

function isSame(report: KnownReport, due: DueReport): boolean {
  if (report.kind !== due.kind) return false;
  return report.progressNumber === due.progressNumber || (report.progressNumber === null && report.dueOn === due.dueOn);
}
