import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import {
  getPayee,
  getPayout,
  giveBackPayout,
  listPayoutActions,
  listPayoutReturns,
  type PayoutReturnView,
  type PayoutView,
  reissuePayout,
} from '#contracts/finance';
import { mayCall } from '../api/may';
import { read } from '../api/query';
import { useSession } from '../api/use-session';
import { common } from '../i18n/common';
import { accountText, moneyText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { act } from '../ui/act';
import { Acts } from '../ui/acts';
import { Facts } from '../ui/facts';
import { Notice } from '../ui/notice';
import { Page, Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { StatusTag } from '../ui/status-tag';
import { Day, Instant, Money } from '../ui/values';
import { usePayoutNames } from './payout-names';
import { checkTexts } from './texts';

/** The bank's codes for an account that is closed, unknown or another person's (ISO 20022 ExternalReturnReason1Code). */
const ACCOUNT_REASONS = /\b(AC01|AC03|AC04|AC06|BE01|BE04|BE05)\b/;

/** Money that came back, with what is needed to decide: how much, why, and whose account it is now. */
export function ReturnPage() {
  const { payoutId = '' } = useParams();
  const payout = useQuery(read(getPayout, { payoutId }));
  const returns = useQuery(read(listPayoutReturns, { payoutId }));
  return (
    <Loaded query={payout}>
      {(ofPayout) => (
        <Loaded query={returns}>
          {({ items: [back] }) => (back ? <Detail payout={ofPayout} back={back} /> : null)}
        </Loaded>
      )}
    </Loaded>
  );
}

interface Props {
  readonly payout: PayoutView;
  readonly back: PayoutReturnView;
}

function Detail({ payout, back }: Props) {
  const { returns, return: t } = useTexts(checkTexts);
  const { columns } = returns;
  const { settlement, kind, occurredOn, reason, paid, amount } = back;
  return (
    <Page
      title={t.title(usePayoutNames([payout])(payout))}
      crumbs={[{ label: returns.title, to: '/bank/returned?isSettled=false' }]}
      tag={
        settlement ? (
          <StatusTag tone="success">{returns.settlements[settlement.as]}</StatusTag>
        ) : (
          <StatusTag tone="warning">{returns.open}</StatusTag>
        )
      }
      acts={<ReturnActs payout={payout} back={back} />}
    >
      {!settlement && reason !== null && ACCOUNT_REASONS.test(reason) && (
        <Notice tone="warning" title={t.accountClosed} />
      )}
      <Section title={t.facts}>
        <Facts
          facts={[
            { label: columns.kind, value: returns.kinds[kind] },
            { label: columns.on, value: <Day value={occurredOn} /> },
            { label: columns.reason, value: reason ?? '–' },
            { label: columns.paid, value: <Money value={paid} /> },
            { label: columns.amount, value: <Money value={amount} /> },
            ...(settlement
              ? [
                  { label: t.by, value: settlement.by },
                  { label: t.at, value: <Instant value={settlement.at} /> },
                ]
              : []),
          ]}
        />
        <Link className="kern-link" to={`/money/payouts/${payout.id}`}>
          {t.toPayout}
        </Link>
      </Section>
      {payout.payeeId !== null && <Account payeeId={payout.payeeId} />}
    </Page>
  );
}

function ReturnActs({ payout: { id, version, status }, back: { amount } }: Props) {
  const { returns, return: t } = useTexts(checkTexts);
  const { words } = useTexts(common);
  const sum = moneyText(amount, useLanguage());
  const fixed = { payoutId: id };
  return (
    <Acts
      of={listPayoutActions}
      id={fixed}
      version={version}
      seen={{ [returns.state]: words.payoutStatus[status], [returns.columns.amount]: sum }}
      acts={[
        act({
          operation: reissuePayout,
          isNext: true,
          key: { key: '1', label: t.reissue.label },
          ...t.reissue,
          ask: t.reissue.ask(sum),
          fixed,
          fields: {},
        }),
        act({
          operation: giveBackPayout,
          key: { key: '2', label: t.giveBack.label },
          ...t.giveBack,
          ask: t.giveBack.ask(sum),
          fixed,
          fields: {},
        }),
      ]}
    />
  );
}

function Account({ payeeId }: { readonly payeeId: string }) {
  const { return: t, change } = useTexts(checkTexts);
  const { roles } = useSession();
  const mayRead = mayCall(getPayee, roles);
  const query = useQuery({ ...read(getPayee, { payeeId }), enabled: mayRead });
  if (!mayRead) return null;
  return (
    <Section title={t.now}>
      <Loaded query={query}>
        {({ bankAccount }) => (
          <Facts
            facts={[
              { label: change.holder, value: bankAccount.holder },
              { label: change.number, value: accountText(bankAccount) },
            ]}
          />
        )}
      </Loaded>
      <Link className="kern-link" to={`/payees/${payeeId}`}>
        {t.toPayee}
      </Link>
    </Section>
  );
}
