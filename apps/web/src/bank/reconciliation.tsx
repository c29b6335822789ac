import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { type FundView, getFund, getReconciliation, listFunds, type ReconciliationView } from '#contracts/finance';
import { read } from '../api/query';
import { dayText, ibanText, instantText, moneyText } from '../i18n/format';
import { type UiLanguage, useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { List } from '../ui/list';
import { Notice } from '../ui/notice';
import { Page, Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { StatusTag } from '../ui/status-tag';
import { Table } from '../ui/table';
import { Money } from '../ui/values';
import { AccountFacts, AskedDays, askedDays, PeriodTables } from './reconciliation-period';
import { BankTabs } from './tabs';
import { bankTexts } from './texts';
import type { BankTexts } from './texts/de';
import { OPEN_ENTRIES } from './work-list';

/** The funds with their accounts; each opens its comparison. */
export function ReconciliationsPage() {
  const { reconciliation: t } = useTexts(bankTexts);
  const query = useQuery(read(listFunds, {}));
  return (
    <Page title={t.title}>
      <BankTabs />
      <p className="kern-body">{t.choose}</p>
      <List
        query={query}
        caption={t.title}
        keyOf={({ id }) => id}
        empty={t.none}
        columns={[
          {
            title: t.fund,
            isHeading: true,
            cell: ({ id, name }) => (
              <Link className="kern-link" to={`/bank/reconciliation/${id}`}>
                {name}
              </Link>
            ),
          },
          { title: t.result, cell: ({ id }) => <Result fundId={id} /> },
          {
            title: t.account,
            cell: ({ debtorAccount: { iban } }) => <span className="written">{ibanText(iban)}</span>,
          },
        ]}
      />
    </Page>
  );
}

function Result({ fundId }: { readonly fundId: string }) {
  const { reconciliation: t } = useTexts(bankTexts);
  const { data } = useQuery(read(getReconciliation, { fundId }));
  if (!data) return '…';
  return <StatusTag tone={data.isReconciled ? 'success' : 'warning'}>{data.isReconciled ? t.good : t.bad}</StatusTag>;
}

/** One fund: payouts, journal and bank side by side, and what stands between them and the same sum. */
export function ReconciliationPage() {
  const { fundId = '' } = useParams();
  const fund = useQuery(read(getFund, { fundId }));
  const [parameters] = useSearchParams();
  const report = useQuery({
    ...read(getReconciliation, { fundId, ...askedDays(parameters) }),
    placeholderData: keepPreviousData,
  });
  return (
    <Loaded query={fund}>
      {(ofFund) => <Loaded query={report}>{(data) => <Detail fund={ofFund} report={data} />}</Loaded>}
    </Loaded>
  );
}

interface ReportProps {
  readonly report: ReconciliationView;
}

function Detail({ fund, report }: ReportProps & { readonly fund: FundView }) {
  const { reconciliation: t } = useTexts(bankTexts);
  const { isReconciled, asOf, day, period } = report;
  const language = useLanguage();
  return (
    <Page
      title={t.of(fund.name)}
      crumbs={[{ label: t.title, to: '/bank/reconciliation' }]}
      tag={<StatusTag tone={isReconciled ? 'success' : 'warning'}>{isReconciled ? t.good : t.bad}</StatusTag>}
      lead={day === null ? t.asOf(instantText(asOf, language)) : t.atTheEndOf(dayText(day, language))}
    >
      <AskedDays />
      {isReconciled ? <Notice tone="success" title={t.goodLead} /> : <Differences report={report} />}
      <AccountFacts report={report} />
      <Checks report={report} />
      {period && <PeriodTables period={period} />}
      <Section title={t.opens}>
        <div className="three">
          <Figures title={t.ledger} figures={figuresOf(t.figures, LEDGER, report.journal)} />
          <Figures title={t.payouts} figures={figuresOf(t.figures, PAYOUTS, report.payouts)}>
            <Link className="kern-link" to={`/money/payouts?fundId=${fund.id}`}>
              {t.toPayouts}
            </Link>
          </Figures>
          <Figures title={t.bank} figures={figuresOf(t.figures, BANK, report.bank)}>
            <Link className="kern-link" to={`/bank/entries?accountIban=${report.accountIban}`}>
              {t.toEntries}
            </Link>
          </Figures>
        </div>
      </Section>
    </Page>
  );
}

/** Everything that keeps a fund from being reconciled, each with where it is put right. */
function Differences({ report: { checks, bank, payouts, accountIban, fundId } }: ReportProps) {
  const { reconciliation: t } = useTexts(bankTexts);
  const language = useLanguage();
  const entries = (status: string) => `/bank/entries?accountIban=${accountIban}&status=${status}`;
  const unequal = checks.filter(({ isEqual }) => !isEqual).length;
  const kept = payouts.bookedWithoutStatement;
  const differences = [
    unequal > 0 && { text: t.differences(unequal), to: undefined },
    bank.unmatchedEntries > 0 && { text: t.unmatched(bank.unmatchedEntries), to: entries(OPEN_ENTRIES.join(',')) },
    bank.proposedDismissals > 0 && {
      text: t.proposed(bank.proposedDismissals),
      to: '/bank/dismissals?status=PROPOSED',
    },
    ...bank.statementFaults.map((fault) => ({
      text: t.statementFault(namedFault(fault, language)),
      to: '/bank/messages',
    })),
    /[1-9]/.test(kept.amount) && {
      text: t.withoutStatement(moneyText(kept, language)),
      to: `/money/payouts?fundId=${fundId}&status=BOOKED`,
    },
  ].filter((each) => each !== false);
  return (
    <Notice tone="warning" title={t.badLead}>
      <ul className="kern-list kern-list--bullet">
        {differences.map(({ text, to }) => (
          <li key={text}>
            {text}
            {to !== undefined && (
              <>
                {' – '}
                <Link className="kern-link" to={to}>
                  {t.show}
                </Link>
              </>
            )}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

type StatementFault = ReconciliationView['bank']['statementFaults'][number];

function namedFault({ kind, year, numbers, statementId, expected, stated }: StatementFault, language: UiLanguage) {
  return {
    kind,
    year: year === null ? '' : String(year),
    numbers:
      numbers === null ? '' : numbers.from === numbers.to ? String(numbers.from) : `${numbers.from}–${numbers.to}`,
    statement: statementId ?? '',
    expected: expected === null ? '' : moneyText(expected, language),
    stated: stated === null ? '' : moneyText(stated, language),
  };
}

function Checks({ report: { checks } }: ReportProps) {
  const { reconciliation: t } = useTexts(bankTexts);
  return (
    <Section title={t.checks}>
      <Table
        caption={t.checks}
        rows={checks.map((check, index) => ({ ...check, title: t.checkNames[index] ?? check.name }))}
        keyOf={({ name }) => name}
        columns={[
          { title: t.check, isHeading: true, cell: ({ title }) => title },
          { title: t.journal, isNumeric: true, cell: ({ journal }) => <Money value={journal} /> },
          { title: t.other, isNumeric: true, cell: ({ other }) => <Money value={other} /> },
          { title: t.difference, isNumeric: true, cell: ({ difference }) => <Money value={difference} /> },
          {
            title: t.result,
            cell: ({ isEqual }) => (
              <StatusTag tone={isEqual ? 'success' : 'danger'}>{isEqual ? t.equal : t.unequal}</StatusTag>
            ),
          },
        ]}
      />
    </Section>
  );
}

interface Figure {
  readonly label: string;
  readonly amount: { readonly amount: string; readonly currency: string };
}

function Figures({
  title,
  figures,
  children,
}: {
  readonly title: string;
  readonly figures: readonly Figure[];
  readonly children?: ReactNode;
}) {
  const { reconciliation: t } = useTexts(bankTexts);
  return (
    <div className="stack">
      <h3 className="kern-title">{title}</h3>
      <Table
        caption={title}
        rows={figures}
        keyOf={({ label }) => label}
        columns={[
          { title: t.figure, isHeading: true, cell: ({ label }) => label },
          { title: t.amount, isNumeric: true, cell: ({ amount }) => <Money value={amount} /> },
        ]}
      />
      {children}
    </div>
  );
}

type Words = Readonly<Record<string, string>>;
type Label = keyof BankTexts['reconciliation']['figures'];

const LEDGER = [
  ['payable', 'payable'],
  ['paid', 'paid'],
  ['returned', 'returned'],
] as const satisfies readonly (readonly [keyof ReconciliationView['journal'], Label])[];

const PAYOUTS = [
  ['waiting', 'waiting'],
  ['inFlight', 'inFlight'],
  ['paid', 'bookedPaid'],
  ['returned', 'open'],
  ['repaidClaims', 'repaid'],
  ['bookedWithoutStatement', 'withoutStatement'],
] as const satisfies readonly (readonly [keyof ReconciliationView['payouts'], Label])[];

const BANK = [
  ['debits', 'debits'],
  ['credits', 'credits'],
  ['charges', 'charges'],
  ['withoutOrder', 'withoutOrder'],
  ['unmatchedDebits', 'unmatchedDebits'],
  ['unmatchedCredits', 'unmatchedCredits'],
  ['dismissedDebits', 'dismissedDebits'],
  ['dismissedCredits', 'dismissedCredits'],
] as const satisfies readonly (readonly [keyof ReconciliationView['bank'], Label])[];

function figuresOf<Name extends string>(
  words: Words,
  names: readonly (readonly [Name, Label])[],
  amounts: Readonly<Record<Name, Figure['amount']>>,
): Figure[] {
  return names.map(([name, label]) => ({ label: words[label] ?? '', amount: amounts[name] }));
}
