import type { ReportStatus } from '#contracts/staffing';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { StatusTag, type TagTone } from './status-tag';

const TONES: Readonly<Record<ReportStatus, TagTone>> = {
  DRAFT: 'neutral',
  SUBMITTED: 'info',
  COMMENTED: 'info',
  ACCEPTED: 'success',
  RETURNED: 'warning',
  CANCELLED: 'neutral',
};

/** How far a report is, in words and tone. */
export function ReportTag({ status }: { readonly status: ReportStatus }) {
  const { words } = useTexts(common);
  return <StatusTag tone={TONES[status]}>{words.reportStatus[status]}</StatusTag>;
}
