import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { type BankEntryDetail, getClaim, getDrawdown, listClaims, listDrawdowns, listFunds } from '#contracts/finance';
import { read, readAll } from '../api/query';
import { useTexts } from '../i18n/texts';
import { Section } from '../ui/page';
import { Table } from '../ui/table';
import { Instant, Money } from '../ui/values';
import { bankTexts } from './texts';

interface Props {
  readonly entry: BankEntryDetail;
}

/** What a credit is the money of. */
export function Receipts({ entry: { receipts } }: Props) {
  const { receipts: t, entry: words } = useTexts(bankTexts);
  if (receipts.length === 0) return null;
  return (
    <Section title={t.title}>
      <Table
        caption={t.title}
        rows={receipts}
        keyOf={({ claimId, drawdownId, at }) => `${claimId} ${drawdownId} ${at}`}
        columns={[
          {
            title: t.what,
            isHeading: true,
            cell: ({ claimId, drawdownId }) =>
              claimId ? <ClaimLink claimId={claimId} /> : drawdownId && <DrawdownLink drawdownId={drawdownId} />,
          },
          {
            title: words.match.takenBack,
            cell: ({ takenBackAt }) => (takenBackAt === null ? '–' : <Instant value={takenBackAt} />),
          },
          { title: words.match.by, cell: ({ by }) => by },
          { title: words.match.amount, isNumeric: true, cell: ({ amount }) => <Money value={amount} /> },
        ]}
      />
    </Section>
  );
}

/** Money that is awaited on the account of an open credit; it is received where it is awaited. */
export function Awaited({ entry: { accountIban, direction } }: Props) {
  const { receipts: t } = useTexts(bankTexts);
  const { data: funds = [] } = useQuery(readAll(listFunds, {}));
  const ofAccount = new Set(funds.filter((fund) => fund.debtorAccount.iban === accountIban).map(({ id }) => id));
  const claims = useQuery(read(listClaims, { status: ['DUE', 'DEFERRED', 'WRITTEN_OFF'], limit: 100 }));
  const drawdowns = useQuery(read(listDrawdowns, { limit: 100 }));
  if (direction !== 'CREDIT') return null;
  const rows = [
    ...(claims.data?.items ?? [])
      .filter(({ fundId }) => ofAccount.has(fundId))
      .map(({ id, debtorName, open }) => ({ to: `/funds/claims/${id}`, label: t.claim(debtorName), amount: open })),
    ...(drawdowns.data?.items ?? [])
      .filter(({ fundId, status }) => ofAccount.has(fundId) && status === 'REQUESTED')
      .map(({ id, approvalReference, total }) => ({
        to: `/funds/drawdowns/${id}`,
        label: t.drawdown(approvalReference),
        amount: total,
      })),
  ];
  if (rows.length === 0) return null;
  return (
    <Section title={t.awaited}>
      <Table
        caption={t.awaited}
        rows={rows}
        keyOf={({ to }) => to}
        columns={[
          {
            title: t.what,
            isHeading: true,
            cell: ({ to, label }) => (
              <Link className="kern-link" to={to}>
                {label}
              </Link>
            ),
          },
          { title: t.open, isNumeric: true, cell: ({ amount }) => <Money value={amount} /> },
        ]}
      />
    </Section>
  );
}

function ClaimLink({ claimId }: { readonly claimId: string }) {
  const { receipts: t } = useTexts(bankTexts);
  const { data } = useQuery(read(getClaim, { claimId }));
  return (
    <Link className="kern-link" to={`/funds/claims/${claimId}`}>
      {data ? t.claim(data.debtorName) : '…'}
    </Link>
  );
}

function DrawdownLink({ drawdownId }: { readonly drawdownId: string }) {
  const { receipts: t } = useTexts(bankTexts);
  const { data } = useQuery(read(getDrawdown, { drawdownId }));
  return (
    <Link className="kern-link" to={`/funds/drawdowns/${drawdownId}`}>
      {data ? t.drawdown(data.approvalReference) : '…'}
    </Link>
  );
}
