import { texts } from '../../../i18n/texts';
import type { TravelTexts } from './de';

/** Experts claim their own journeys: in the languages that they read. */
export const travelTexts = texts<TravelTexts>({
  de: () => import('./de'),
  en: () => import('./en'),
  fr: () => import('./fr'),
  es: () => import('./es'),
});
