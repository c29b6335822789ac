import { texts } from '../../../i18n/texts';
import type { CommitmentTexts } from './de';

/** Pages of the offices alone: German and English. */
export const commitmentTexts = texts<CommitmentTexts>({
  de: () => import('./de'),
  en: () => import('./en'),
  fr: () => import('./en'),
  es: () => import('./en'),
});
