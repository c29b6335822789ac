import { Exact } from '#contracts';
import { type IndicatorValue, type ResultType, STANDARD_INDICATORS, type StandardKey } from '#contracts/partnership';
import { dayBefore } from '../public-days';
import type { Words } from '../public-names';
import type { PublicIndicator, PublicPeriod, PublicResult } from '../public-results';

type Element = Readonly<Record<string, unknown>>;

const TYPES: Readonly<Record<ResultType, { readonly code: string; readonly words: Words }>> = {
  OUTPUT: { code: '1', words: { de: 'Leistung', en: 'Output' } },
  OUTCOME: { code: '2', words: { de: 'Direkte Wirkung', en: 'Outcome' } },
  IMPACT: { code: '3', words: { de: 'Übergeordnete Wirkung', en: 'Impact' } },
};

/**
 * A result as IATI 2.03 has it, in words of the programme. Of a percentage the value is rounded and its two counts stand beside it; of
 * yes and no IATI knows no value, so the word stands as comment. `sharedBy`: case numbers of the partnerships, where it is not one.
 */
export function iatiResult({ type, indicators }: PublicResult, sharedBy: readonly string[]): Element {
  const { code, words } = TYPES[type];
  const titles = indicators.map(({ standard }) => STANDARD_INDICATORS[standard].title);
  const together = sharedBy.join(', ');
  return {
    '@type': code,
    '@aggregation-status': flag(indicators.every(isAdded)),
    title: inTwo({
      de: `${words.de}: ${titles.map(({ de }) => de).join(', ')}`,
      en: `${words.en}: ${titles.map(({ en }) => en).join(', ')}`,
    }),
    ...(sharedBy.length > 1
      ? {
          description: inTwo({
            de: `Gemeinsames Ergebnis der Partnerschaften ${together}; es zählt einmal.`,
            en: `Shared result of the partnerships ${together}; it counts once.`,
          }),
        }
      : {}),
    indicator: indicators.map(indicatorElement),
  };
}

function indicatorElement(indicator: PublicIndicator): Element {
  const { standard, measure, isAscending, baseline, periods } = indicator;
  const { title, unit } = STANDARD_INDICATORS[standard];
  return {
    '@measure': measure,
    '@ascending': flag(isAscending),
    '@aggregation-status': flag(isAdded(indicator)),
    title: inTwo({ de: `${title.de} (${unit.de})`, en: `${title.en} (${unit.en})` }),
    ...(baseline ? { baseline: { '@year': String(baseline.year), ...valueElement(baseline.value, standard) } } : {}),
    period: periods.map((period) => periodElement(period, standard)),
  };
}

function periodElement({ from, to, target, actual }: PublicPeriod, standard: StandardKey): Element {
  return {
    'period-start': { '@iso-date': from },
    'period-end': { '@iso-date': dayBefore(to) },
    ...(target ? { target: valueElement(target, standard) } : {}),
    ...(actual ? { actual: valueElement(actual, standard) } : {}),
  };
}

function valueElement(value: IndicatorValue, standard: StandardKey): Element {
  switch (value.kind) {
    case 'NUMBER':
      return { '@value': value.number };
    case 'PERCENTAGE': {
      const { numerator, denominator } = value;
      const percent = Exact.parse(numerator).times(Exact.of(100)).dividedBy(Exact.parse(denominator));
      const { de, en } = STANDARD_INDICATORS[standard].unit;
      const counts = { de: `${numerator} von ${denominator} ${de}`, en: `${numerator} of ${denominator} ${en}` };
      return { '@value': percent.toDecimal(2), comment: inTwo(counts) };
    }
    case 'YES_NO':
      return { comment: inTwo(value.isMet ? { de: 'ja', en: 'yes' } : { de: 'nein', en: 'no' }) };
    case 'TEXT':
      throw new Error(`an indicator of the programme is never a text, ${standard} was`);
  }
}

/** Percentages are not added up as they stand here. */
function isAdded({ measure }: PublicIndicator): boolean {
  return measure === '1';
}

function inTwo({ de, en }: Words): Element {
  return { narrative: [de, { '#': en, '@xml:lang': 'en' }] };
}

function flag(is: boolean): '1' | '0' {
  return is ? '1' : '0';
}
