import type { ReactNode } from 'react';
import type { CostPlanView } from '#contracts/finance';
import { dayText, lastDayOf } from '../../i18n/format';
import { useLanguage } from '../../i18n/language';
import { useTexts } from '../../i18n/texts';
import { useTermsText } from '../../ui/cost-terms';
import { Facts } from '../../ui/facts';
import { Table } from '../../ui/table';
import { Amounts, Day, Money } from '../../ui/values';
import { RuleList } from '../rule-list';
import { fundsTexts } from '../texts';
import { commitmentTexts } from './texts';

/** A cost plan: its sum opens to items and rules, then its instalments and what changed it. */
export function CostPlan({ plan }: { readonly plan: CostPlanView }) {
  const { plan: t } = useTexts(commitmentTexts);
  const { total } = useTexts(fundsTexts);
  const { overpaid, cancelled, uncovered, local } = plan;
  const more = [
    { label: t.overpaid, value: overpaid },
    { label: t.cancelled, value: cancelled },
    { label: t.uncovered, value: uncovered },
  ].flatMap(({ label, value }) => (value ? [{ label, value: <Money value={value} /> }] : []));
  return (
    <div className="stack">
      <Facts
        facts={[
          ...(local
            ? [
                { label: t.promised, value: <Money value={local.total} /> },
                ...(local.reservePercent > 0
                  ? [{ label: t.reserve, value: t.reservePercent(local.reservePercent) }]
                  : []),
              ]
            : []),
          { label: total, value: <Money value={plan.total} /> },
          ...more,
        ]}
      />
      <div>
        <Opened title={t.items}>
          <Items plan={plan} />
        </Opened>
        <Opened title={t.instalments}>
          <Instalments plan={plan} />
        </Opened>
        {plan.changes && (
          <Opened title={t.changes}>
            <Changes changes={plan.changes} />
          </Opened>
        )}
      </div>
    </div>
  );
}

function Opened({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <details className="rule">
      <summary>
        <span>{title}</span>
      </summary>
      <div className="rule__inside">{children}</div>
    </details>
  );
}

function Items({ plan: { byItem, ruleIds, exchangeRate } }: { readonly plan: CostPlanView }) {
  const { plan: t, items } = useTexts(commitmentTexts);
  const { categories, year: yearTitle, amount: amountTitle } = useTexts(fundsTexts);
  const language = useLanguage();
  return (
    <>
      <Table
        caption={t.items}
        rows={byItem}
        keyOf={({ item, year }) => `${item}${year}`}
        columns={[
          { title: t.item, isHeading: true, cell: ({ item }) => items[item] },
          { title: t.category, cell: ({ category }) => categories[category] },
          { title: yearTitle, isNumeric: true, cell: ({ year }) => year },
          {
            title: amountTitle,
            isNumeric: true,
            cell: ({ amount, local }) => <Amounts amount={amount} local={local} />,
          },
        ]}
      />
      {exchangeRate && (
        <p className="kern-body">
          {t.rate(
            exchangeRate.currency,
            exchangeRate.rate,
            dayText(exchangeRate.rateOn, language),
            exchangeRate.source,
          )}
        </p>
      )}
      <RuleList title={t.rules} names={ruleIds} />
    </>
  );
}

function Instalments({ plan: { instalments } }: { readonly plan: CostPlanView }) {
  const { plan: t, payees } = useTexts(commitmentTexts);
  const { categories, amount: amountTitle } = useTexts(fundsTexts);
  return (
    <Table
      caption={t.instalments}
      rows={instalments}
      keyOf={({ instalment }) => String(instalment)}
      columns={[
        { title: t.instalment, isHeading: true, cell: ({ instalment }) => instalment },
        { title: t.due, cell: ({ dueOn }) => <Day value={dueOn} /> },
        { title: t.category, cell: ({ category }) => categories[category] },
        { title: t.payee, cell: ({ payeeKind }) => payees[payeeKind] },
        { title: t.reports, isNumeric: true, cell: ({ requiredReports }) => requiredReports },
        {
          title: amountTitle,
          isNumeric: true,
          cell: ({ amount, local }) => <Amounts amount={amount} local={local?.amount} />,
        },
      ]}
    />
  );
}

function Changes({ changes }: { readonly changes: NonNullable<CostPlanView['changes']> }) {
  const { plan: t } = useTexts(commitmentTexts);
  const language = useLanguage();
  const termsText = useTermsText();
  const day = (value: string) => dayText(value, language);
  const rows = [
    { day: changes.agreedTo, text: `${t.agreedTo} ${day(lastDayOf(changes.agreedTo))}` },
    ...changes.interruptions.map(({ from, to }) => ({
      day: from,
      text: `${t.interruption}: ${day(from)} – ${day(lastDayOf(to))}`,
    })),
    ...changes.rateChanges.map(({ from, exchangeRate: { rate, currency } }) => ({
      day: from,
      text: `${day(from)}: ${t.rateChange(rate, currency)}`,
    })),
    ...(changes.shareChanges ?? []).map(({ from, fullTime }) => ({
      day: from,
      text: `${day(from)}: ${t.shareChange(String(fullTime.to - fullTime.from))}`,
    })),
    ...(changes.termsChanges ?? []).map(({ from, terms }) => ({
      day: from,
      text: `${day(from)}: ${termsText(terms)}`,
    })),
    ...(changes.earlyEnd
      ? [{ day: changes.earlyEnd.endedOn, text: `${t.earlyEnd}: ${day(changes.earlyEnd.endedOn)}` }]
      : []),
  ];
  return (
    <ul className="kern-list kern-list--bullet">
      {rows.map(({ day: on, text }) => (
        <li key={`${on}${text}`}>{text}</li>
      ))}
    </ul>
  );
}
