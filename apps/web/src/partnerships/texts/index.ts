import { texts } from '../../i18n/texts';
import type { PartnershipTexts } from './de';

export const partnershipTexts = texts<PartnershipTexts>({
  de: () => import('./de'),
  en: () => import('./en'),
  fr: () => import('./fr'),
  es: () => import('./es'),
});
