import type { CostTerms } from '#contracts/finance';
import { common } from '../i18n/common';
import { countryName, decimalText, moneyText } from '../i18n/format';
import { type UiLanguage, useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';

type Term = keyof CostTerms;

/** The terms that changed, in words: "Kinder mit Anspruch: 1; Miete im Ausland im Monat: 500,00 €". */
export function useTermsText(): (terms: CostTerms) => string {
  const { words, yes, no } = useTexts(common);
  const language = useLanguage();
  const textOf = (name: Term, value: NonNullable<CostTerms[Term]>): string => {
    if (typeof value === 'boolean') return value ? yes : no;
    if (typeof value === 'object') return moneyText(value, language);
    if (name === 'costOfLivingPlace') return placeName(String(value), language);
    return decimalText(String(value), language);
  };
  return (terms) =>
    Object.entries(terms)
      .map(([name, value]) => `${words.costTerms[name as Term]}: ${textOf(name as Term, value)}`)
      .join('; ');
}

/** A country, or a place in it: `TZ-MOSHI` is Moshi in Tanzania. */
export function placeName(place: string, language: UiLanguage): string {
  const [country = '', ...words] = place.split('-');
  const name = words.map((word) => word.slice(0, 1) + word.slice(1).toLowerCase()).join(' ');
  return [countryName(country, language), ...(name === '' ? [] : [name])].join(', ');
}
