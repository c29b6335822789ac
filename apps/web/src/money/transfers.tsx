import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { listTransfers, type TransferView } from '#contracts/finance';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { ibanText } from '../i18n/format';
import { useTexts } from '../i18n/texts';
import { CaseNumber } from '../ui/case-number';
import { List } from '../ui/list';
import { StatusTag } from '../ui/status-tag';
import { Day, Money } from '../ui/values';
import { moneyTexts, officeTexts } from './texts';
import { PAYOUT_TONES } from './tones';

/** The payments of a run as the bank carries them out, each with the payouts that it pays. */
export function Transfers({ paymentRunId }: { readonly paymentRunId: string }) {
  const { runs } = useTexts(officeTexts);
  const { payouts } = useTexts(moneyTexts);
  const [parameters] = useSearchParams();
  const payoutId = parameters.get('payoutId') ?? undefined;
  const cursor = parameters.get('cursor') ?? undefined;
  const query = useQuery(read(listTransfers, { paymentRunId, payoutId, cursor }));
  const { transfers: t } = runs;
  return (
    <>
      {payoutId !== undefined && (
        <Link className="kern-link" to={`/money/runs/${paymentRunId}`}>
          {t.all}
        </Link>
      )}
      <List
        query={query}
        caption={runs.payoutsOf}
        keyOf={({ id }) => id}
        empty={payouts.empty}
        columns={[
          { title: t.purpose, isHeading: true, cell: (transfer) => <Purpose transfer={transfer} /> },
          { title: t.payee, cell: ({ account }) => <Account account={account} /> },
          { title: t.parts, cell: ({ parts }) => <Parts parts={parts} /> },
          { title: payouts.columns.amount, isNumeric: true, cell: ({ amount }) => <Money value={amount} /> },
        ]}
      />
    </>
  );
}

function Purpose({ transfer: { purpose, creditorReference, endToEndId } }: { readonly transfer: TransferView }) {
  return (
    <div>
      {purpose ?? creditorReference ?? '–'}
      <small className="below written">{endToEndId}</small>
    </div>
  );
}

function Account({ account: { holder, iban, accountNumber } }: Pick<TransferView, 'account'>) {
  return (
    <div>
      {holder}
      <small className="below written">{iban === null ? accountNumber : ibanText(iban)}</small>
    </div>
  );
}

function Parts({ parts }: Pick<TransferView, 'parts'>) {
  const { categories } = useTexts(moneyTexts);
  const { words } = useTexts(common);
  return (
    <ul>
      {parts.map(({ payoutId, caseNumber, category, dueOn, amount, status }) => (
        <li key={payoutId}>
          <Link className="kern-link" to={`/money/payouts/${payoutId}`}>
            <CaseNumber value={caseNumber} />
          </Link>{' '}
          {categories[category]}, <Day value={dueOn} />: <Money value={amount} />{' '}
          <StatusTag tone={PAYOUT_TONES[status]}>{words.payoutStatus[status]}</StatusTag>
        </li>
      ))}
    </ul>
  );
}
