import type { CostTerms } from '#contracts/finance';
import { common } from '../i18n/common';
import { decimalText, moneyText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';

type Term = keyof CostTerms;

/** The terms that changed, in words: "Kinder mit Anspruch: 1; Miete im Ausland im Monat: 500,00 €". */
export function useTermsText(): (terms: CostTerms) => string {
  const { words, yes, no } = useTexts(common);
  const language = useLanguage();
  const textOf = (value: NonNullable<CostTerms[Term]>): string => {
    if (typeof value === 'boolean') return value ? yes : no;
    if (typeof value === 'object') return moneyText(value, language);
    return decimalText(String(value), language);
  };
  return (terms) =>
    Object.entries(terms)
      .map(([name, value]) => `${words.costTerms[name as Term]}: ${textOf(value)}`)
      .join('; ');
}
