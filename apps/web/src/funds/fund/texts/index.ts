import { texts } from '../../../i18n/texts';
import type { FundTexts } from './de';

/** Pages of the offices alone: German and English. */
export const fundTexts = texts<FundTexts>({
  de: () => import('./de'),
  en: () => import('./en'),
  fr: () => import('./en'),
  es: () => import('./en'),
});
