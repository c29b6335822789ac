import { useQueries, useQuery } from '@tanstack/react-query';
import { type Instrument, listFinanceRules, listFunds } from '#contracts/finance';
import { getPartnership } from '#contracts/partnership';
import { listExperts } from '#contracts/staffing';
import { read, readAll } from '../api/query';
import { decimalText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { today } from '../ui/calendar';
import { placeName } from '../ui/cost-terms';
import { CheckField, DayField, MoneyField, NumberField, SelectField, TextField } from '../ui/inputs';
import { assignmentTexts } from './texts';

/** Who goes, and to whom. */
export function PersonFields({ partnershipIds }: { readonly partnershipIds: readonly string[] }) {
  const t = useTexts(assignmentTexts);
  const { data: experts = [] } = useQuery(readAll(listExperts, {}));
  const partnerships = useQueries({
    queries: partnershipIds.map((partnershipId) => read(getPartnership, { partnershipId })),
  });
  const towns = partnerships.flatMap(({ data }) => data?.participants.filter(({ side }) => side === 'PARTNER') ?? []);
  const people = experts.flatMap(({ id, person }) =>
    person ? [{ value: id, label: `${person.familyName}, ${person.givenNames}` }] : [],
  );
  return (
    <fieldset className="part">
      <legend>{t.plan.who}</legend>
      <SelectField
        name="expertId"
        label={t.plan.expert}
        hint={t.plan.expertHint}
        choices={people.sort((a, b) => a.label.localeCompare(b.label))}
      />
      <SelectField
        name="employerMunicipalityId"
        label={t.plan.employer}
        choices={towns.map(({ municipalityId, name }) => ({ value: municipalityId, label: name }))}
      />
    </fieldset>
  );
}

/** When, for which share of a post, and from which money. */
export function TermAndMoneyFields({ instrument }: { readonly instrument: Instrument }) {
  const { plan: t } = useTexts(assignmentTexts);
  const { data: funds = [] } = useQuery(readAll(listFunds, {}));
  return (
    <>
      <fieldset className="part">
        <legend>{t.when}</legend>
        <DayField name="period.from" label={t.from} />
        <DayField name="period.to" label={t.last} />
        <NumberField name="fullTimePercent" label={t.share} />
      </fieldset>
      <fieldset className="part">
        <legend>{t.money}</legend>
        <SelectField name="fundId" label={t.fund} choices={funds.map(({ id, name }) => ({ value: id, label: name }))} />
        <CostFields instrument={instrument} />
      </fieldset>
    </>
  );
}

/** What a plan is made from, or, of an assignment that serves, what of it may change. */
export function CostFields({
  instrument,
  of = 'costInputs',
  currency,
}: {
  readonly instrument: Instrument;
  readonly of?: 'costInputs' | 'terms';
  /** Of the local salary, once it is agreed. */
  readonly currency?: string;
}) {
  const isPlan = of === 'costInputs';
  const { plan: t } = useTexts(assignmentTexts);
  switch (instrument) {
    case 'INTEGRATED_EXPERT':
      return (
        <>
          {currency === undefined ? (
            <>
              <TextField name={`${of}.localSalaryMonth.amount`} label={t.localSalaryMonth} inputMode="decimal" />
              <TextField name={`${of}.localSalaryMonth.currency`} label={t.currency} />
            </>
          ) : (
            <MoneyField name={`${of}.localSalaryMonth`} label={t.localSalaryMonth} currency={currency} />
          )}
          <Family of={of} />
        </>
      );
    case 'DEVELOPMENT_WORKER':
      return (
        <>
          <CostOfLiving name={`${of}.costOfLivingPlace`} />
          <MoneyField name={`${of}.rentMonth`} label={t.rentMonth} currency="EUR" isOptional />
          <Family of={of} />
        </>
      );
    case 'LOCAL_EXPERT':
      return (
        <>
          {currency === undefined ? (
            <>
              <TextField name={`${of}.salaryMonth.amount`} label={t.salaryMonth} inputMode="decimal" />
              <TextField name={`${of}.salaryMonth.currency`} label={t.contractCurrency} hint={t.contractCurrencyHint} />
            </>
          ) : (
            <MoneyField name={`${of}.salaryMonth`} label={t.salaryMonth} currency={currency} />
          )}
          <TextField
            name={`${of}.employerContributionPercent`}
            label={t.employerContributionPercent}
            inputMode="decimal"
            isOptional
          />
          {isPlan && (
            <TextField
              name={`${of}.otherCosts.amount`}
              label={t.otherCosts}
              hint={t.otherCostsHint}
              inputMode="decimal"
              isOptional
            />
          )}
        </>
      );
  }
}

/** The places for which the fund has a value today; without one the pay has no adjustment. */
function CostOfLiving({ name }: { readonly name: string }) {
  const { plan: t } = useTexts(assignmentTexts);
  const language = useLanguage();
  const { data: rows = [] } = useQuery(readAll(listFinanceRules, { ruleSet: 'COST_OF_LIVING', on: today() }));
  const choices = rows.map(({ key, value }) => ({
    value: key,
    label: `${placeName(key, language)} (${decimalText(value, language)} %)`,
  }));
  if (choices.length === 0) return <p className="kern-body kern-body--small">{t.costOfLivingNone}</p>;
  return <SelectField name={name} label={t.costOfLivingPlace} hint={t.costOfLivingHint} choices={choices} isOptional />;
}

function Family({ of }: { readonly of: string }) {
  const { plan: t } = useTexts(assignmentTexts);
  return (
    <>
      <CheckField name={`${of}.hasSpouse`} label={t.hasSpouse} />
      <NumberField name={`${of}.children`} label={t.children} isOptional />
    </>
  );
}
