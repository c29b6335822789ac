import { texts } from '../../i18n/texts';
import type { AssignmentTexts } from './de';

export const assignmentTexts = texts<AssignmentTexts>({
  de: () => import('./de'),
  en: () => import('./en'),
  fr: () => import('./fr'),
  es: () => import('./es'),
});
