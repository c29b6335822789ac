import { AppError } from '#contracts';

export interface Range {
  readonly fundId: string;
  readonly from: string;
  /** The first day that is not in it any more. */
  readonly to: string;
}

/** Rows of one part: 400 bytes each, a third more as base64, stay below the megabyte that one message may have. */
export const PART_ROWS = 1_500;

/** FINANCE_EXPORT_PERIOD_INVALID for a period without a day. */
export function assertPeriod({ from, to }: Range): void {
  if (from >= to) throw new AppError('FINANCE_EXPORT_PERIOD_INVALID', { from, to });
}
