import { texts } from '../../../i18n/texts';
import type { InvoiceTexts } from './de';

/** What the offices do with invoices: German and English. */
export const invoiceTexts = texts<InvoiceTexts>({
  de: () => import('./de'),
  en: () => import('./en'),
  fr: () => import('./en'),
  es: () => import('./en'),
});
