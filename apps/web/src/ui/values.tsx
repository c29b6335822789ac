import { dayText, decimalText, instantText, lastDayOf, moneyText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { common } from '../i18n/common';

/** An amount: figures of equal width, from the decimal string. */
export function Money({ value }: { readonly value: MoneyValue }) {
  return (
    <data className="money" value={value.amount}>
      {moneyText(value, useLanguage())}
    </data>
  );
}

interface MoneyValue {
  readonly amount: string;
  readonly currency: string;
}

/** What is promised in another currency, with the EUR for it below. */
export function Amounts({ amount, local }: { readonly amount: MoneyValue; readonly local?: MoneyValue | undefined }) {
  if (!local) return <Money value={amount} />;
  return (
    <div>
      <div>
        <Money value={local} />
      </div>
      <Money value={amount} />
    </div>
  );
}

/** A rate or a percentage: all the digits that it is kept with. */
export function Decimal({ value, unit }: { readonly value: string; readonly unit?: string }) {
  const text = decimalText(value, useLanguage());
  return <data value={value}>{unit ? `${text} ${unit}` : text}</data>;
}

export function Day({ value }: { readonly value: string }) {
  return <time dateTime={value}>{dayText(value, useLanguage())}</time>;
}

export function Instant({ value }: { readonly value: string }) {
  return <time dateTime={value}>{instantText(value, useLanguage())}</time>;
}

/** A half-open period as people say it: with its last day. */
export function Period({ value }: { readonly value: { readonly from: string; readonly to: string | null } }) {
  const t = useTexts(common);
  const language = useLanguage();
  const from = dayText(value.from, language);
  return (
    <span className="nowrap">
      {value.to === null ? t.period.since(from) : t.period.between(from, dayText(lastDayOf(value.to), language))}
    </span>
  );
}
