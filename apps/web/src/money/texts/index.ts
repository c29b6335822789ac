import { texts } from '../../i18n/texts';
import type { MoneyTexts } from './de';
import type { OfficeTexts } from './office.de';

/** Whoever is paid reads these too. */
export const moneyTexts = texts<MoneyTexts>({
  de: () => import('./de'),
  en: () => import('./en'),
  fr: () => import('./fr'),
  es: () => import('./es'),
});

/** What the offices do with payouts and runs: German and English. */
export const officeTexts = texts<OfficeTexts>({
  de: () => import('./office.de'),
  en: () => import('./office.en'),
  fr: () => import('./office.en'),
  es: () => import('./office.en'),
});
