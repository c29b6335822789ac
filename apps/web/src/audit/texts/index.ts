import { texts } from '../../i18n/texts';
import type { AuditTexts } from './de';

export type { AuditTexts };

/** Pages of auditors alone: German and English. */
export const auditTexts = texts<AuditTexts>({
  de: () => import('./de'),
  en: () => import('./en'),
  fr: () => import('./en'),
  es: () => import('./en'),
});
