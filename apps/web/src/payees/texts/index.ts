import { texts } from '../../i18n/texts';
import type { PayeeTexts } from './de';

export const payeeTexts = texts<PayeeTexts>({
  de: () => import('./de'),
  en: () => import('./en'),
  fr: () => import('./fr'),
  es: () => import('./es'),
});
