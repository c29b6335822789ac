import { texts } from '../../i18n/texts';
import type { PublishingTexts } from './de';

export const publishingTexts = texts<PublishingTexts>({
  de: () => import('./de'),
  en: () => import('./en'),
  // Offices of the fund alone read these reports, and they work in German and English.
  fr: () => import('./en'),
  es: () => import('./en'),
});
