import { texts } from '../../../i18n/texts';
import type { DrawdownTexts } from './de';

/** Pages of the offices alone: German and English. */
export const drawdownTexts = texts<DrawdownTexts>({
  de: () => import('./de'),
  en: () => import('./en'),
  fr: () => import('./en'),
  es: () => import('./en'),
});
