import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import {
  type BankEntryDetail,
  getPayee,
  getPaymentRun,
  getPayout,
  type MatchProposal,
  type PayeeView,
  type PaymentRunView,
  type PayoutView,
} from '#contracts/finance';
import { mayCall } from '../api/may';
import { read } from '../api/query';
import { useSession } from '../api/use-session';
import { useTexts } from '../i18n/texts';
import { Button } from '../ui/button';
import { Loaded } from '../ui/query-state';
import { StatusTag, type TagTone } from '../ui/status-tag';
import { sumOf } from '../ui/sum-of';
import { Table } from '../ui/table';
import { Day, Money } from '../ui/values';
import { compareTexts, daysAfter, onlyTransaction, type Verdict } from './comparison';
import { openAmount } from './open-amount';
import { useProposalName, useRunName } from './payout-names';
import { bankTexts } from './texts';
import type { BankTexts } from './texts/de';

type CompareTexts = BankTexts['entry']['compare'];

interface ProposalProps {
  readonly entry: BankEntryDetail;
  readonly proposal: MatchProposal;
  /** Set for whoever may match. */
  readonly onChoose?: () => void;
}

/** What an entry may belong to, side by side with it: each member, and how well it fits. */
export function Proposal(props: ProposalProps) {
  const { paymentRunId, allocations } = props.proposal;
  const payoutId = allocations[0]?.payoutId;
  if (paymentRunId !== null) return <RunProposal {...props} paymentRunId={paymentRunId} />;
  return payoutId === undefined ? null : <PayoutProposal {...props} payoutId={payoutId} />;
}

function PayoutProposal({ payoutId, ...props }: ProposalProps & { readonly payoutId: string }) {
  const query = useQuery(read(getPayout, { payoutId }));
  return <Loaded query={query}>{(payout) => <ComparedPayout {...props} payout={payout} />}</Loaded>;
}

function ComparedPayout({ entry, proposal, onChoose, payout }: ProposalProps & { readonly payout: PayoutView }) {
  const { entry: t } = useTexts(bankTexts);
  const what = useProposalName(proposal);
  const run = useRun(payout.paymentRunId);
  const payee = usePayee(payout.payeeId);
  const transaction = onlyTransaction(entry);
  const open = openAmount(entry);
  const words = t.compare;
  const isNamed = proposal.rule === 'END_TO_END_ID';
  // Of several payouts of one transfer together.
  const { allocations } = proposal;
  const [all] = allocations.length > 1 ? sumOf(allocations.map(({ amount }) => amount)) : [];
  const paid = all ?? payout.amount;
  const rows: Row[] = [
    {
      what: words.amount,
      entry: <Money value={open} />,
      other: <Money value={paid} />,
      verdict: open.amount === paid.amount ? 'same' : 'part',
    },
    {
      what: words.account,
      entry: transaction?.counterpartyIban,
      other: accountOf(payee),
      verdict: compareTexts(transaction?.counterpartyIban, accountOf(payee)),
    },
    {
      what: words.name,
      entry: transaction?.counterpartyName,
      other: payee?.bankAccount.holder,
      verdict: compareTexts(transaction?.counterpartyName, payee?.bankAccount.holder),
    },
    {
      what: words.reference,
      entry: transaction?.endToEndId,
      other: isNamed ? transaction?.endToEndId : undefined,
      verdict: isNamed ? 'named' : 'unknown',
    },
    {
      what: words.purpose,
      entry: transaction?.remittance,
      other: undefined,
      ...(proposal.rule === 'REMITTANCE' ? { verdict: 'named' } : { verdict: 'unknown', says: words.notNamed }),
    },
    ...dayRow(words, entry, run),
  ];
  return (
    <Card title={what} to={`/money/payouts/${payout.id}`} proposal={proposal} onChoose={onChoose}>
      <Comparison title={t.compare.payout} rows={rows} />
    </Card>
  );
}

function RunProposal({ entry, proposal, onChoose, paymentRunId }: ProposalProps & { readonly paymentRunId: string }) {
  const { entry: t } = useTexts(bankTexts);
  const runName = useRunName();
  const query = useQuery(read(getPaymentRun, { paymentRunId }));
  return (
    <Loaded query={query}>
      {(run) => (
        <Card title={runName(run)} to={`/money/runs/${run.id}`} proposal={proposal} onChoose={onChoose}>
          <Comparison
            title={t.compare.run}
            rows={[
              {
                what: t.compare.amount,
                entry: <Money value={openAmount(entry)} />,
                other: <Money value={run.total} />,
                verdict: openAmount(entry).amount === run.total.amount ? 'same' : 'part',
              },
              {
                what: t.compare.payments,
                entry: entry.transactions.length,
                other: run.transfers,
                verdict: entry.transactions.length === run.transfers ? 'same' : 'other',
              },
              ...dayRow(t.compare, entry, run),
            ]}
          />
        </Card>
      )}
    </Loaded>
  );
}

interface CardProps {
  readonly title: string;
  readonly to: string;
  readonly proposal: MatchProposal;
  readonly onChoose: ProposalProps['onChoose'];
  readonly children: ReactNode;
}

function Card({ title, to, proposal: { rank, score, rule, explanation }, onChoose, children }: CardProps) {
  const { entry: t, rules } = useTexts(bankTexts);
  return (
    <section className="panel" aria-label={`${t.rank(rank)}: ${title}`}>
      <div className="panel__head">
        <h3 className="kern-title">
          {rank}.{' '}
          <Link className="kern-link" to={to}>
            {title}
          </Link>
        </h3>
        <StatusTag tone={score >= 85 ? 'success' : score >= 70 ? 'info' : 'warning'}>{t.score(score)}</StatusTag>
      </div>
      <p className="kern-body">{rules[rule]}</p>
      {children}
      <details className="waiting">
        <summary>{t.details}</summary>
        <p className="kern-body kern-body--small" lang="en">
          {explanation}
        </p>
      </details>
      {onChoose && (
        <div className="buttons">
          <Button rank={rank === 1 ? 'primary' : 'secondary'} onClick={onChoose}>
            {t.choose}
          </Button>
        </div>
      )}
    </section>
  );
}

interface Row {
  readonly what: string;
  readonly entry: ReactNode;
  readonly other: ReactNode;
  readonly verdict: Verdict;
  /** In place of the verdict's own words. */
  readonly says?: string;
}

const TONES: Readonly<Record<Verdict, TagTone>> = {
  same: 'success',
  named: 'success',
  part: 'warning',
  other: 'warning',
  unknown: 'neutral',
};

function Comparison({ title, rows }: { readonly title: string; readonly rows: readonly Row[] }) {
  const { compare: t } = useTexts(bankTexts).entry;
  return (
    <Table
      caption={t.verdict}
      rows={rows}
      keyOf={({ what }) => what}
      columns={[
        { title: t.what, isHeading: true, cell: ({ what }) => what },
        { title: t.entry, cell: ({ entry }) => <span className="written">{entry ?? '–'}</span> },
        { title, cell: ({ other }) => <span className="written">{other ?? '–'}</span> },
        {
          title: t.verdict,
          cell: ({ verdict, says }) => <StatusTag tone={TONES[verdict]}>{says ?? t[verdict]}</StatusTag>,
        },
      ]}
    />
  );
}

const NEAR_DAYS = 3;

function dayRow(words: CompareTexts, { bookedOn }: BankEntryDetail, run: PaymentRunView | undefined): Row[] {
  if (!run) return [];
  const { executionOn } = run;
  const days = daysAfter(bookedOn, executionOn);
  const verdict = Math.abs(days) <= NEAR_DAYS ? 'same' : 'other';
  return [
    {
      what: words.day,
      entry: <Day value={bookedOn} />,
      other: <Day value={executionOn} />,
      verdict,
      says: words.days(days),
    },
  ];
}

function useRun(paymentRunId: string | null): PaymentRunView | undefined {
  const { roles } = useSession();
  const enabled = paymentRunId !== null && mayCall(getPaymentRun, roles);
  return useQuery({ ...read(getPaymentRun, { paymentRunId: paymentRunId ?? '' }), enabled }).data;
}

function usePayee(payeeId: string | null): PayeeView | undefined {
  const { roles } = useSession();
  const enabled = payeeId !== null && mayCall(getPayee, roles);
  return useQuery({ ...read(getPayee, { payeeId: payeeId ?? '' }), enabled }).data;
}

function accountOf(payee: PayeeView | undefined): string | undefined {
  return payee?.bankAccount.iban ?? payee?.bankAccount.accountNumber ?? undefined;
}
