import { countryName } from '../../i18n/format';
import { useLanguage } from '../../i18n/language';
import { useTexts } from '../../i18n/texts';
import { fundsTexts } from '../texts';
import { ruleTexts } from './texts';

interface RuleWords {
  readonly setOf: (ruleSet: string) => string;
  readonly keyOf: (key: string) => string;
  readonly valueOf: (row: { readonly value: string; readonly unit: string }) => string;
}

/** What sets, keys and values of rules are called; lists of countries have the country's code as key. */
export function useRuleWords(): RuleWords {
  const { sets, keys, values } = useTexts(ruleTexts);
  const { ruleSets, units } = useTexts(fundsTexts);
  const language = useLanguage();
  const known: Readonly<Record<string, string>> = ruleSets;
  const wordOf = (value: string) => values[value] ?? value;
  return {
    setOf: (ruleSet) => sets[ruleSet] ?? known[ruleSet] ?? ruleSet,
    keyOf: (key) => keys[key] ?? (/^[A-Z]{2}$/.test(key) ? countryName(key, language) : key),
    valueOf: ({ value, unit }) => units[unit]?.(value) ?? value.split(' ').map(wordOf).join(', '),
  };
}
