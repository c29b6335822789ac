import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { type BankAccountChangeView, listBankAccountChanges } from '#contracts/finance';
import { read } from '../api/query';
import { accountText, instantText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { List } from '../ui/list';
import { Notice } from '../ui/notice';
import { Section } from '../ui/page';
import { StatusTag, type TagTone } from '../ui/status-tag';
import { Instant } from '../ui/values';
import { payeeTexts } from './texts';

const TONES: Readonly<Record<BankAccountChangeView['status'], TagTone>> = {
  PROPOSED: 'warning',
  CONFIRMED: 'info',
  EFFECTIVE: 'success',
  REJECTED: 'neutral',
};

function useChanges(payeeId: string) {
  return useQuery(read(listBankAccountChanges, { payeeId }));
}

/** That nothing is paid while a new account is on its way, and what has to happen. */
export function Frozen({ payeeId }: { readonly payeeId: string }) {
  const { page } = useTexts(payeeTexts);
  const language = useLanguage();
  const open = useChanges(payeeId).data?.items.find(({ status }) => status === 'PROPOSED' || status === 'CONFIRMED');
  if (!open) return null;
  const until = instantText(open.quarantineEndsAt, language);
  return (
    <Notice tone="warning" title={page.frozen}>
      <p className="kern-body">
        {open.status === 'PROPOSED' ? page.frozenProposed(until) : page.frozenConfirmed(until)}
      </p>
      <Link className="kern-link" to={`/bank/account-changes/${payeeId}/${open.id}`}>
        {page.toChange}
      </Link>
    </Notice>
  );
}

export function AccountChanges({ payeeId }: { readonly payeeId: string }) {
  const { page: t, changeStatus } = useTexts(payeeTexts);
  return (
    <Section title={t.changes}>
      <List
        query={useChanges(payeeId)}
        caption={t.changes}
        keyOf={({ id }) => id}
        empty={t.noChanges}
        columns={[
          {
            title: t.newAccount,
            isHeading: true,
            cell: ({ id, bankAccount }) => (
              <Link className="kern-link" to={`/bank/account-changes/${payeeId}/${id}`}>
                {accountText(bankAccount)}
              </Link>
            ),
          },
          {
            title: t.status,
            cell: ({ status }) => <StatusTag tone={TONES[status]}>{changeStatus[status]}</StatusTag>,
          },
          { title: t.proposedAt, cell: ({ proposedAt }) => <Instant value={proposedAt} /> },
          { title: t.reason, cell: ({ reason }) => reason },
        ]}
      />
    </Section>
  );
}
