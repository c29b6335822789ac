import { texts } from '../../i18n/texts';
import type { MoneyTexts } from './de';

/** Pages of the offices alone: German and English. */
export const moneyTexts = texts<MoneyTexts>({
  de: () => import('./de'),
  en: () => import('./en'),
  fr: () => import('./en'),
  es: () => import('./en'),
});
