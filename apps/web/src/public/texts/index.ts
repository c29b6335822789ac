import { texts } from '../../i18n/texts';
import type { PublicTexts } from './de';

export const publicTexts = texts<PublicTexts>({
  de: () => import('./de'),
  en: () => import('./en'),
  fr: () => import('./fr'),
  es: () => import('./es'),
});
