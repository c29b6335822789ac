import { z } from 'zod';

/** What partnership tells of reports, too: at the door of neither. */
export const REPORT_KINDS = ['START', 'PROGRESS', 'FINAL'] as const;
export const ReportKind = z.enum(REPORT_KINDS);
export type ReportKind = z.infer<typeof ReportKind>;
