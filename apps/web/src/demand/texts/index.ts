import { texts } from '../../i18n/texts';
import type { DemandTexts } from './de';

export const demandTexts = texts<DemandTexts>({
  de: () => import('./de'),
  en: () => import('./en'),
  fr: () => import('./fr'),
  es: () => import('./es'),
});
