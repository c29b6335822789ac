import type { ReconciliationView } from '#contracts/finance';
import { dayText, moneyText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { DayFilter, Filters } from '../ui/filters';
import { Notice } from '../ui/notice';
import { Section } from '../ui/page';
import { Table } from '../ui/table';
import { Money, Period } from '../ui/values';
import { bankTexts } from './texts';

/** Which day or period the comparison is of: both stand in the address, and a whole period goes before a day. */
export function AskedDays() {
  const { reconciliation: t } = useTexts(bankTexts);
  return (
    <Filters stays>
      <DayFilter name="asOf" label={t.asOfDay} />
      <DayFilter name="from" label={t.from} />
      <DayFilter name="to" label={t.to} />
    </Filters>
  );
}

export function askedDays(parameters: URLSearchParams): { from?: string; to?: string; asOf?: string } {
  const [asOf, from, to] = ['asOf', 'from', 'to'].map((name) => parameters.get(name) ?? undefined);
  if (from !== undefined && to !== undefined && from < to) return { from, to };
  return asOf === undefined ? {} : { asOf };
}

/** What the account held, and whose money it was. */
export function AccountFacts({ report }: { readonly report: ReconciliationView }) {
  const { reconciliation: t } = useTexts(bankTexts);
  const language = useLanguage();
  const { balance, sharedWith, recordedLater, day } = report;
  return (
    <>
      {balance && (
        <p className="kern-body">
          {t.held(moneyText(balance.amount, language), {
            stated: moneyText(balance.stated, language),
            statement: balance.statementId,
            day: dayText(balance.statedOn, language),
          })}
        </p>
      )}
      {day !== null && recordedLater > 0 && <Notice tone="info" title={t.recordedLater(recordedLater)} />}
      {sharedWith.length > 0 && <Notice tone="info" title={t.shared(sharedWith.map(({ name }) => name).join(', '))} />}
    </>
  );
}

type ReconciledPeriod = NonNullable<ReconciliationView['period']>;
type Stage = 'payable' | 'paid' | 'returned';
const STAGES: readonly string[] = ['payable', 'paid', 'returned'] satisfies Stage[];

/** Opening, movements and closing of the journal and of the account. */
export function PeriodTables({ period }: { readonly period: ReconciledPeriod }) {
  const { reconciliation: t } = useTexts(bankTexts);
  const { opening, closing, credits, debits, difference, split, ofNoFund } = period;
  const stages = period.stages.flatMap((row) =>
    STAGES.includes(row.stage) ? [{ ...row, stage: row.stage as Stage }] : [],
  );
  const lines = [
    ...(opening ? [{ label: t.opening, amount: opening.amount }] : []),
    { label: t.credits, amount: credits },
    { label: t.debits, amount: debits },
    ...(closing ? [{ label: t.closing, amount: closing.amount }] : []),
    ...(difference ? [{ label: t.unexplained, amount: difference }] : []),
  ];
  const shares = [
    ...split.map(({ fundId, name, moved }) => ({ key: fundId, name, moved })),
    { key: '', name: t.ofNoFund, moved: ofNoFund },
  ];
  return (
    <Section title={t.period}>
      <p className="kern-body">
        <Period value={period} />
      </p>
      <Table
        caption={t.journalOf}
        rows={stages}
        keyOf={({ stage }) => stage}
        columns={[
          { title: t.figure, isHeading: true, cell: ({ stage }) => t.figures[stage] },
          { title: t.opening, isNumeric: true, cell: (row) => <Money value={row.opening} /> },
          { title: t.additions, isNumeric: true, cell: (row) => <Money value={row.additions} /> },
          { title: t.deductions, isNumeric: true, cell: (row) => <Money value={row.deductions} /> },
          { title: t.closing, isNumeric: true, cell: (row) => <Money value={row.closing} /> },
        ]}
      />
      <Table
        caption={t.accountOf}
        rows={lines}
        keyOf={({ label }) => label}
        columns={[
          { title: t.figure, isHeading: true, cell: ({ label }) => label },
          { title: t.amount, isNumeric: true, cell: ({ amount }) => <Money value={amount} /> },
        ]}
      />
      <Table
        caption={t.splitOf}
        rows={shares}
        keyOf={({ key }) => key}
        columns={[
          { title: t.fund, isHeading: true, cell: ({ name }) => name },
          { title: t.moved, isNumeric: true, cell: ({ moved }) => <Money value={moved} /> },
        ]}
      />
    </Section>
  );
}
