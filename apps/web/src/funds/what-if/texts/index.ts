import { texts } from '../../../i18n/texts';
import type { WhatIfTexts } from './de';

/** Pages of the offices alone: German and English. */
export const whatIfTexts = texts<WhatIfTexts>({
  de: () => import('./de'),
  en: () => import('./en'),
  fr: () => import('./en'),
  es: () => import('./en'),
});
