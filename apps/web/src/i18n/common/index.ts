import { texts } from '../texts';
import type { CommonTexts } from './de';

export type { CommonTexts } from './de';

/** What every page says alike: the frame, forms, refusals, and the field's words that more than one area uses. */
export const common = texts<CommonTexts>({
  de: () => import('./de'),
  en: () => import('./en'),
  fr: () => import('./fr'),
  es: () => import('./es'),
});
