import { texts } from '../../i18n/texts';
import type { HomeTexts } from './de';

export const homeTexts = texts<HomeTexts>({
  de: () => import('./de'),
  en: () => import('./en'),
  fr: () => import('./fr'),
  es: () => import('./es'),
});
