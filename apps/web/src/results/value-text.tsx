import { Exact } from '#contracts';
import { type IndicatorSum, type IndicatorValue, STANDARD_INDICATORS, type StandardKey } from '#contracts/partnership';
import { decimalText, localized, numberText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { resultTexts } from './texts';

type Shown = IndicatorValue | IndicatorSum;

function percentOf({ numerator, denominator }: { readonly numerator: string; readonly denominator: string }): string {
  return Exact.parse(numerator).times(Exact.of(100)).dividedBy(Exact.parse(denominator)).toDecimal(1);
}

/** A value or sum in words; of a share the percentage and what it was made from. */
export function useValueText(): (value: Shown | null, unit?: string | null) => string {
  const { page: t } = useTexts(resultTexts);
  const language = useLanguage();
  const of = (numerator: string, denominator: string) =>
    t.ofCount(decimalText(numerator, language), decimalText(denominator, language));
  return (value, unit) => {
    switch (value?.kind) {
      case undefined:
        return '–';
      case 'NUMBER':
        return [decimalText(value.number, language), unit].filter(Boolean).join(' ');
      case 'PERCENTAGE':
        return `${decimalText(percentOf(value), language)} % (${of(value.numerator, value.denominator)})`;
      case 'YES_NO':
        if ('met' in value) return t.ofCount(numberText(value.met, language), numberText(value.answered, language));
        return value.isMet ? t.yes : t.no;
      case 'TEXT':
        return value.text;
    }
  };
}

interface ValueProps {
  readonly value: Shown | null | undefined;
  readonly unit?: string | null;
}

/** A value in a table: what a share was made from stands below it, as a line of both is too long for a narrow screen. */
export function Value({ value, unit }: ValueProps) {
  const language = useLanguage();
  const { page: t } = useTexts(resultTexts);
  const valueText = useValueText();
  if (value?.kind !== 'PERCENTAGE') return valueText(value ?? null, unit);
  const { numerator, denominator } = value;
  return (
    <div>
      {decimalText(percentOf(value), language)} %
      <div className="kern-body kern-body--small">
        {t.ofCount(decimalText(numerator, language), decimalText(denominator, language))}
      </div>
    </div>
  );
}

/** For the place in a picture alone, so a float is near enough. */
export function heightOf(value: Shown | null | undefined): number | undefined {
  if (value?.kind === 'NUMBER') return Number(value.number);
  if (value?.kind === 'PERCENTAGE') return Number(percentOf(value));
  return undefined;
}

/** The unit in the reader's language where it is one of the programme. */
export function useUnit(): (indicator: {
  readonly standard: StandardKey | null;
  readonly unit: string | null;
}) => string | null {
  const language = useLanguage();
  return ({ standard, unit }) => {
    const shared = standard && STANDARD_INDICATORS[standard].unit;
    return shared ? localized(shared, language) : unit;
  };
}
