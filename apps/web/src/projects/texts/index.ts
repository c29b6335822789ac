import { texts } from '../../i18n/texts';
import type { ProjectTexts } from './de';

export const projectTexts = texts<ProjectTexts>({
  de: () => import('./de'),
  en: () => import('./en'),
  fr: () => import('./fr'),
  es: () => import('./es'),
});
