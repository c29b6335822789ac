import { texts } from '../../../i18n/texts';
import type { ProofTexts } from './de';

/** Towns write proofs: all languages. */
export const proofTexts = texts<ProofTexts>({
  de: () => import('./de'),
  en: () => import('./en'),
  fr: () => import('./fr'),
  es: () => import('./es'),
});
