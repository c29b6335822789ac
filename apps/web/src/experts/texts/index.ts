import { texts } from '../../i18n/texts';
import type { ExpertTexts } from './de';

export const expertTexts = texts<ExpertTexts>({
  de: () => import('./de'),
  en: () => import('./en'),
  fr: () => import('./fr'),
  es: () => import('./es'),
});
