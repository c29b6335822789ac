import { useWatch } from 'react-hook-form';
import { type FundView, INSTRUMENTS } from '#contracts/finance';
import { useCountries } from '../../api/countries';
import { common } from '../../i18n/common';
import { useTexts } from '../../i18n/texts';
import { choicesOf, DayField, MoneyField, NumberField, SelectField, TextField } from '../../ui/inputs';
import { Repeated } from '../../ui/repeated';
import { BLANK_CHANGE, type ChangeKind } from './scenario-values';
import { whatIfTexts } from './texts';

/** The changes of one scenario, in their order. */
export function ScenarioFields({ index, fund }: { readonly index: number; readonly fund: FundView }) {
  const t = useTexts(whatIfTexts);
  return (
    <fieldset className="part">
      <legend>{t.scenarioNames[index]}</legend>
      <Repeated
        name={`scenarios.${index}.changes`}
        label={t.changes}
        hint={index === 0 ? t.changesHint : t.second}
        itemName={t.change}
        add={t.add}
        blank={BLANK_CHANGE}
      >
        {(at) => (
          <>
            <SelectField name={`${at}.kind`} label={t.kind} choices={choicesOf(t.kinds)} />
            <FieldsOfKind at={at} fund={fund} />
          </>
        )}
      </Repeated>
    </fieldset>
  );
}

function FieldsOfKind({ at, fund }: { readonly at: string; readonly fund: FundView }) {
  const t = useTexts(whatIfTexts);
  const kind = useWatch({ name: `${at}.kind` }) as ChangeKind | '';
  switch (kind) {
    case '':
      return null;
    case 'MORE':
    case 'LESS':
      return (
        <>
          <SelectField
            name={`${at}.year`}
            label={t.year}
            choices={fund.budgetYears
              .filter(({ status }) => status !== 'CLOSED')
              .map(({ year }) => ({ value: String(year), label: String(year) }))}
          />
          <MoneyField name={`${at}.amount`} label={t.amount} currency={fund.currency} />
        </>
      );
    case 'LATER_START':
      return <NumberField name={`${at}.months`} label={t.months} hint={t.monthsHint} />;
    case 'EXCHANGE_RATE':
      return (
        <>
          <TextField name={`${at}.currency`} label={t.currency} hint={t.currencyHint} />
          <TextField name={`${at}.rate`} label={t.rate} inputMode="decimal" />
          <DayField name={`${at}.from`} label={t.rateFrom} />
        </>
      );
    case 'EXPERTS':
      return <ExpertFields at={at} />;
  }
}

function ExpertFields({ at }: { readonly at: string }) {
  const t = useTexts(whatIfTexts);
  const { words } = useTexts(common);
  const countries = useCountries();
  return (
    <>
      <NumberField name={`${at}.count`} label={t.count} />
      <SelectField
        name={`${at}.instrument`}
        label={t.instrument}
        choices={INSTRUMENTS.map((value) => ({ value, label: words.instrument[value] }))}
      />
      <SelectField name={`${at}.country`} label={t.country} hint={t.countryHint} choices={countries} />
      <DayField name={`${at}.period.from`} label={t.from} />
      <DayField name={`${at}.period.to`} label={t.last} />
    </>
  );
}
