import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import {
  type BankAccountChangeView,
  confirmBankAccountChange,
  getBankAccountChange,
  listBankAccountChangeActions,
  listPayouts,
  rejectBankAccountChange,
} from '#contracts/finance';
import { usePayeeNames } from '../api/names';
import { read } from '../api/query';
import { accountText, countryName, instantText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { act } from '../ui/act';
import { Acts } from '../ui/acts';
import { type Fact, Facts } from '../ui/facts';
import { List } from '../ui/list';
import { Notice } from '../ui/notice';
import { Page, Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { StatusTag } from '../ui/status-tag';
import { Stepper } from '../ui/stepper';
import { Table } from '../ui/table';
import { Day, Instant, Money } from '../ui/values';
import { usePayoutNames } from './payout-names';
import { checkTexts } from './texts';
import { CHANGE_TONES } from './tones';

/** A new account on its way: what changes, who called the payee back, and what is on hold until then. */
export function AccountChangePage() {
  const { payeeId = '', changeId = '' } = useParams();
  const query = useQuery(read(getBankAccountChange, { payeeId, changeId }));
  return <Loaded query={query}>{(change) => <Detail change={change} />}</Loaded>;
}

interface Props {
  readonly change: BankAccountChangeView;
}

const STEP_NOW: Readonly<Record<BankAccountChangeView['status'], number | undefined>> = {
  PROPOSED: 1,
  CONFIRMED: 2,
  EFFECTIVE: 3,
  REJECTED: undefined,
};

function Detail({ change }: Props) {
  const { changes, change: t } = useTexts(checkTexts);
  const language = useLanguage();
  const { payeeId, status } = change;
  const name = usePayeeNames([payeeId])(payeeId);
  const isOpen = status === 'PROPOSED' || status === 'CONFIRMED';
  return (
    <Page
      title={t.title(name)}
      crumbs={[{ label: changes.title, to: '/bank/account-changes' }]}
      tag={<StatusTag tone={CHANGE_TONES[status]}>{changes.statuses[status]}</StatusTag>}
      acts={<ChangeActs change={change} />}
    >
      {isOpen && <Notice tone="warning" title={t.frozen(instantText(change.quarantineEndsAt, language))} />}
      <Stepper
        label={t.steps.label}
        steps={[t.steps.proposed, t.steps.calledBack, t.steps.effective]}
        now={STEP_NOW[status]}
        words={t.states}
      />
      <Compared change={change} />
      <Said change={change} />
      {isOpen && <OnHold payeeId={payeeId} />}
    </Page>
  );
}

function ChangeActs({ change: { id, version, payeeId, status } }: Props) {
  const { changes, change: t } = useTexts(checkTexts);
  const fixed = { payeeId, changeId: id };
  return (
    <Acts
      of={listBankAccountChangeActions}
      id={fixed}
      version={version}
      seen={{ [changes.status]: changes.statuses[status] }}
      acts={[
        act({
          operation: confirmBankAccountChange,
          isNext: true,
          key: { key: '1', label: t.confirm.label },
          ...t.confirm,
          fixed,
          fields: { callBackNote: { label: t.callBack, rows: 3 } },
        }),
        act({
          operation: rejectBankAccountChange,
          key: { key: '2', label: t.reject.label },
          ...t.reject,
          fixed,
          fields: { reason: { label: t.rejectReason, rows: 3 } },
        }),
      ]}
    />
  );
}

function Compared({ change: { bankAccount: after, previousBankAccount: before } }: Props) {
  const { change: t } = useTexts(checkTexts);
  const language = useLanguage();
  const countryOf = ({ iban }: BankAccountChangeView['bankAccount']) =>
    iban === null ? '–' : countryName(iban.slice(0, 2), language);
  const rows = [
    { what: t.holder, before: before.holder, after: after.holder },
    { what: t.number, before: accountText(before), after: accountText(after) },
    { what: t.country, before: countryOf(before), after: countryOf(after) },
    { what: t.bic, before: before.bic ?? '–', after: after.bic ?? '–' },
    { what: t.currency, before: before.currency, after: after.currency },
  ];
  return (
    <Section title={t.compare}>
      <Table
        caption={t.compare}
        rows={rows}
        keyOf={({ what }) => what}
        columns={[
          { title: t.what, isHeading: true, cell: ({ what }) => what },
          { title: t.before, cell: (row) => row.before },
          { title: t.after, cell: (row) => row.after },
          {
            title: t.verdict,
            cell: (row) =>
              row.before === row.after ? (
                <StatusTag tone="neutral">{t.same}</StatusTag>
              ) : (
                <StatusTag tone="warning">{t.changed}</StatusTag>
              ),
          },
        ]}
      />
    </Section>
  );
}

function Said({ change }: Props) {
  const { change: t, hit } = useTexts(checkTexts);
  const language = useLanguage();
  const { payeeId, reason, proposedBy, proposedAt, confirmation, rejection, effectiveAt } = change;
  const by = (label: string, decision: BankAccountChangeView['confirmation']): Fact[] =>
    decision
      ? [{ label, value: `${decision.note} (${hit.decided(decision.by, instantText(decision.at, language))})` }]
      : [];
  return (
    <Section title={t.facts}>
      <Facts
        facts={[
          { label: t.reason, value: <span className="written">{reason}</span> },
          { label: t.proposedBy, value: hit.decided(proposedBy, instantText(proposedAt, language)) },
          ...by(t.note, confirmation),
          ...by(t.rejection, rejection),
          ...(effectiveAt === null ? [] : [{ label: t.effective, value: <Instant value={effectiveAt} /> }]),
        ]}
      />
      <Link className="kern-link" to={`/payees/${payeeId}`}>
        {t.toPayee}
      </Link>
    </Section>
  );
}

function OnHold({ payeeId }: { readonly payeeId: string }) {
  const { change: t } = useTexts(checkTexts);
  const query = useQuery(read(listPayouts, { payeeId, status: ['BLOCKED'] }));
  const nameOf = usePayoutNames(query.data?.items ?? []);
  return (
    <Section title={t.payouts}>
      <List
        query={query}
        caption={t.payouts}
        keyOf={({ id }) => id}
        empty={t.noPayouts}
        columns={[
          {
            title: t.payout,
            isHeading: true,
            cell: (payout) => (
              <Link className="kern-link" to={`/money/payouts/${payout.id}`}>
                {nameOf(payout)}
              </Link>
            ),
          },
          { title: t.due, cell: ({ dueOn }) => <Day value={dueOn} /> },
          { title: t.amount, isNumeric: true, cell: ({ amount }) => <Money value={amount} /> },
        ]}
      />
    </Section>
  );
}
