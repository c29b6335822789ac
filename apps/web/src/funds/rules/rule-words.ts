import { useLanguage } from '../../i18n/language';
import { useTexts } from '../../i18n/texts';
import { placeName } from '../../ui/cost-terms';
import { fundsTexts } from '../texts';
import { ruleTexts } from './texts';

interface RuleWords {
  readonly setOf: (ruleSet: string) => string;
  readonly keyOf: (key: string) => string;
  readonly valueOf: (row: { readonly value: string; readonly unit: string }) => string;
}

/** What sets, keys and values of rules are called; lists of countries and places have their codes as keys. */
export function useRuleWords(): RuleWords {
  const { sets, keys, values } = useTexts(ruleTexts);
  const { ruleSets, units } = useTexts(fundsTexts);
  const language = useLanguage();
  const known: Readonly<Record<string, string>> = ruleSets;
  const wordOf = (value: string) => values[value] ?? value;
  return {
    setOf: (ruleSet) => sets[ruleSet] ?? known[ruleSet] ?? ruleSet,
    keyOf: (key) => keys[key] ?? (/^[A-Z]{2}(-|$)/.test(key) ? placeName(key, language) : key),
    valueOf: ({ value, unit }) => units[unit]?.(value) ?? value.split(' ').map(wordOf).join(', '),
  };
}
