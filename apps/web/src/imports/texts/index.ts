import { texts } from '../../i18n/texts';
import type { ImportTexts } from './de';

export const importTexts = texts<ImportTexts>({
  de: () => import('./de'),
  en: () => import('./en'),
  // Offices of the fund alone import, and they work in German and English.
  fr: () => import('./en'),
  es: () => import('./en'),
});
