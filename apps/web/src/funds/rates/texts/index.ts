import { texts } from '../../../i18n/texts';
import type { RateTexts } from './de';

/** Pages of the offices alone: German and English. */
export const rateTexts = texts<RateTexts>({
  de: () => import('./de'),
  en: () => import('./en'),
  fr: () => import('./en'),
  es: () => import('./en'),
});
