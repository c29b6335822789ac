import { texts } from '../../i18n/texts';
import type { CheckTexts } from './checks.de';
import type { BankTexts } from './de';
import type { FeedTexts } from './feed.de';

// Pages of the offices alone: German and English.

/** The desk: what the bank sent, its entries, and the comparison of fund and bank. */
export const bankTexts = texts<BankTexts>({
  de: () => import('./de'),
  en: () => import('./en'),
  fr: () => import('./en'),
  es: () => import('./en'),
});

/** What is checked of payees, and what is decided of money that came back. */
export const checkTexts = texts<CheckTexts>({
  de: () => import('./checks.de'),
  en: () => import('./checks.en'),
  fr: () => import('./checks.en'),
  es: () => import('./checks.en'),
});

/** How the payout messages reach other systems. */
export const feedTexts = texts<FeedTexts>({
  de: () => import('./feed.de'),
  en: () => import('./feed.en'),
  fr: () => import('./feed.en'),
  es: () => import('./feed.en'),
});
