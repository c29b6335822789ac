import { addMonths } from '#contracts';
import type { ReportKind } from '#contracts/staffing';

export interface ReportRule {
  readonly startAfterMonths: number;
  readonly progressEveryMonths: number;
}

/** When an expert served: what the reports of an assignment follow from. */
export interface TimeOfService {
  readonly departedOn: string;
  /** The day after the last day of service. */
  readonly endsOn: string;
  /** In the order in which they happened; one that lasts has no end yet. */
  readonly interruptions: readonly { readonly from: string; readonly to: string | null }[];
}

export interface DueReport {
  readonly kind: ReportKind;
  /** The how many-th progress report it is; null for start and final report. */
  readonly progressNumber: number | null;
  readonly dueOn: string;
}

/**
 * The reports of an assignment (docs/domain.md#reports): start some months after departure, progress at even intervals, final on
 * the day the service ends. What would fall due on or after the end is left to the final report, so a short assignment has only
 * that. What would fall due while nobody serves is due on the first day of service again; of several due on one day the last is made.
 */
export function reportSchedule(rule: ReportRule, service: TimeOfService): DueReport[] {
  const { departedOn, endsOn } = service;
  const regular: DueReport[] = [
    { kind: 'START' as const, progressNumber: null, dueOn: addMonths(departedOn, rule.startAfterMonths) },
    ...progressReports(rule, service),
  ].sort((one, other) => (one.dueOn < other.dueOn ? -1 : 1));
  const byDay = new Map<string, DueReport>();
  for (const report of regular) {
    const dueOn = servedFrom(report.dueOn, service);
    if (dueOn !== undefined && dueOn < endsOn) byDay.set(dueOn, { ...report, dueOn });
  }
  return [...byDay.values(), { kind: 'FINAL', progressNumber: null, dueOn: endsOn }];
}

// Each from the departure, not from the one before: 31 August, 28 February, 31 August.
function progressReports(rule: ReportRule, { departedOn, endsOn }: TimeOfService): DueReport[] {
  const reports: DueReport[] = [];
  for (let progressNumber = 1; ; progressNumber++) {
    const dueOn = addMonths(departedOn, progressNumber * rule.progressEveryMonths);
    if (dueOn >= endsOn) return reports;
    reports.push({ kind: 'PROGRESS', progressNumber, dueOn });
  }
}

/** The day itself, or the first one after it on which the expert serves; none while an interruption has no end. */
function servedFrom(day: string, { interruptions }: TimeOfService): string | undefined {
  let served = day;
  for (const { from, to } of interruptions) {
    if (served < from) return served;
    if (to === null) return undefined;
    if (served < to) served = to;
  }
  return served;
}
