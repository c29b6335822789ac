import type { RequestInputOf } from '#contracts';
import { REPORT_SECTIONS, type ReportView, type submitReport } from '#contracts/staffing';

type Section = (typeof REPORT_SECTIONS)[number];

export interface Attachment {
  readonly name: string;
  readonly sha256: string;
}

/** What the form holds: the text of each part, and which files belong to it. */
export interface ReportValues {
  readonly text: Partial<Record<Section, string>>;
  readonly attachments: readonly Attachment[];
}

export function valuesOfReport({ sections, attachments }: ReportView): ReportValues {
  const written = new Map(sections.map(({ section, text }) => [section, text]));
  return {
    text: Object.fromEntries(REPORT_SECTIONS.map((section) => [section, written.get(section) ?? ''])),
    attachments,
  };
}

/** The parts that something was written to, in the sequence of the form; blanks were taken out before. */
export function sentReport({
  text = {},
  attachments = [],
}: Partial<ReportValues>): Omit<RequestInputOf<typeof submitReport>, 'reportId'> {
  return {
    sections: REPORT_SECTIONS.flatMap((section) => {
      const written = text[section];
      return written === undefined ? [] : [{ section, text: written }];
    }),
    attachments: [...attachments],
  };
}
