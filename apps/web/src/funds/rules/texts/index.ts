import { texts } from '../../../i18n/texts';
import type { RuleTexts } from './de';

/** Pages of the offices alone: German and English. */
export const ruleTexts = texts<RuleTexts>({
  de: () => import('./de'),
  en: () => import('./en'),
  fr: () => import('./en'),
  es: () => import('./en'),
});
