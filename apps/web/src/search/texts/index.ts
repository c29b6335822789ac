import { texts } from '../../i18n/texts';
import type { SearchTexts } from './de';

export const searchTexts = texts<SearchTexts>({
  de: () => import('./de'),
  en: () => import('./en'),
  fr: () => import('./fr'),
  es: () => import('./es'),
});
