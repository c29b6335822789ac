import { texts } from '../../i18n/texts';
import type { ResultTexts } from './de';

export const resultTexts = texts<ResultTexts>({
  de: () => import('./de'),
  en: () => import('./en'),
  fr: () => import('./fr'),
  es: () => import('./es'),
});
