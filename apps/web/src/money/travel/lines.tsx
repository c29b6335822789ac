import type { TravelCalculation, TravelLine } from '#contracts/finance';
import { countryName, dayText, decimalText, moneyText, numberText } from '../../i18n/format';
import { useLanguage } from '../../i18n/language';
import { useTexts } from '../../i18n/texts';
import { Table } from '../../ui/table';
import { Day, Money } from '../../ui/values';
import { travelTexts } from './texts';

/** What a sum consists of, line by line; each says how it was made, and the rules open below. */
export function TravelLines({ lines, rules, total }: Pick<TravelCalculation, 'lines' | 'rules' | 'total'>) {
  const { line: t, form } = useTexts(travelTexts);
  const [nameOf, howOf] = [useName(), useHow()];
  const rows = lines.map((line, index) => ({ ...line, key: String(index) }));
  return (
    <>
      <p className="kern-body" role="status">
        {form.total}:{' '}
        <strong>
          <Money value={total} />
        </strong>
      </p>
      <Table
        caption={form.result}
        rows={rows}
        keyOf={({ key }) => key}
        columns={[
          { title: t.what, isHeading: true, cell: nameOf },
          { title: t.day, cell: ({ on }) => (on === null ? '–' : <Day value={on} />) },
          { title: t.how, cell: howOf },
          { title: t.amount, isNumeric: true, cell: ({ amount }) => <Money value={amount} /> },
        ]}
      />
      <details className="rule">
        <summary>
          <span>{t.opened}</span>
        </summary>
        <div className="rule__inside">
          <Table
            caption={t.opened}
            rows={rules}
            keyOf={({ name }) => name}
            columns={[
              { title: t.rule, isHeading: true, cell: ({ name }) => <span className="written">{name}</span> },
              { title: t.value, cell: ({ value }) => value },
              { title: t.from, cell: ({ validFrom }) => <Day value={validFrom} /> },
              { title: t.source, cell: ({ source }) => source },
            ]}
          />
        </div>
      </details>
    </>
  );
}

function useName(): (line: TravelLine) => string {
  const { lines, meals, line: t } = useTexts(travelTexts);
  const language = useLanguage();
  return ({ kind, meal, what, country }) => {
    const detail = meal === null ? what : meals[meal];
    const name = detail === null ? lines[kind] : `${lines[kind]}: ${detail}`;
    return country === null ? name : t.of(name, countryName(country, language));
  };
}

function useHow(): (line: TravelLine) => string {
  const { line: t } = useTexts(travelTexts);
  const language = useLanguage();
  return ({ rate, percent, kilometres, paid, exchangeRate }) => {
    if (paid && exchangeRate)
      return t.converted(
        moneyText(paid, language),
        decimalText(exchangeRate.rate, language),
        dayText(exchangeRate.rateOn, language),
      );
    if (rate && kilometres !== null) return t.distance(numberText(kilometres, language), moneyText(rate, language));
    if (rate && percent !== null) return t.share(decimalText(percent, language), moneyText(rate, language));
    return paid ? t.byReceipt : '–';
  };
}
