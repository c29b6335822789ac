import { texts } from '../../../i18n/texts';
import type { VerificationTexts } from './de';

/** Pages of the offices alone: German and English. */
export const verificationTexts = texts<VerificationTexts>({
  de: () => import('./de'),
  en: () => import('./en'),
  fr: () => import('./en'),
  es: () => import('./en'),
});
