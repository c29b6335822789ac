import { texts } from '../../i18n/texts';
import type { OperationsTexts } from './de';

/** Pages of operators and auditors alone: German and English. */
export const operationsTexts = texts<OperationsTexts>({
  de: () => import('./de'),
  en: () => import('./en'),
  fr: () => import('./en'),
  es: () => import('./en'),
});
