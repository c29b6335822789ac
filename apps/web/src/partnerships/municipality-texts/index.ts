import { texts } from '../../i18n/texts';
import type { MunicipalityTexts } from './de';

export const municipalityTexts = texts<MunicipalityTexts>({
  de: () => import('./de'),
  en: () => import('./en'),
  fr: () => import('./fr'),
  es: () => import('./es'),
});
