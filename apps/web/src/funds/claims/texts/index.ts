import { texts } from '../../../i18n/texts';
import type { ClaimTexts } from './de';

/** Pages of the offices alone: German and English. */
export const claimTexts = texts<ClaimTexts>({
  de: () => import('./de'),
  en: () => import('./en'),
  fr: () => import('./en'),
  es: () => import('./en'),
});
