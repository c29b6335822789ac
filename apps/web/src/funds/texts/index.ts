import { texts } from '../../i18n/texts';
import type { FundsTexts } from './de';

/** Words that several pages of the area need; towns see the proofs among them. */
export const fundsTexts = texts<FundsTexts>({
  de: () => import('./de'),
  en: () => import('./en'),
  fr: () => import('./fr'),
  es: () => import('./es'),
});
