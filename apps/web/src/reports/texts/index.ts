import { texts } from '../../i18n/texts';
import type { ReportTexts } from './de';

export const reportTexts = texts<ReportTexts>({
  de: () => import('./de'),
  en: () => import('./en'),
  fr: () => import('./fr'),
  es: () => import('./es'),
});
