import { addMonths } from '#contracts';
import type { ReportKind } from '#contracts/staffing';

export interface ReportRule {
  readonly startAfterMonths: number;
  readonly progressEveryMonths: number;
}

export interface DueReport {
  readonly kind: ReportKind;
  readonly sequence: number;
  readonly dueOn: string;
}

/**
 * The reports of an assignment (docs/domain.md#reports): start some months after departure, progress at even intervals, final on
 * the day the period ends. What would fall due on or after the end is left to the final report, so a short assignment has only
 * that.
 */
export function reportSchedule(rule: ReportRule, assignment: { departedOn: string; endsOn: string }): DueReport[] {
  const { departedOn, endsOn } = assignment;
  const due: Omit<DueReport, 'sequence'>[] = [
    { kind: 'START', dueOn: addMonths(departedOn, rule.startAfterMonths) },
    ...progressDays(rule, assignment).map((dueOn) => ({ kind: 'PROGRESS' as const, dueOn })),
  ];
  return [
    ...due.filter((report) => report.dueOn < endsOn).sort((one, other) => (one.dueOn < other.dueOn ? -1 : 1)),
    { kind: 'FINAL' as const, dueOn: endsOn },
  ].map((report, index) => ({ ...report, sequence: index + 1 }));
}

// Each from the departure, not from the one before: 31 August, 28 February, 31 August.
function progressDays(rule: ReportRule, { departedOn, endsOn }: { departedOn: string; endsOn: string }): string[] {
  const days: string[] = [];
  for (let number = 1; ; number++) {
    const day = addMonths(departedOn, number * rule.progressEveryMonths);
    if (day >= endsOn) return days;
    days.push(day);
  }
}
