import { AuditFolder } from '../ui/audit-folder';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import {
  createPayee,
  getCommitment,
  getPayee,
  getPayout,
  listPayoutBlocks,
  listTransfers,
  type PayoutBlock,
  type PayoutDetail,
  type PayoutView,
} from '#contracts/finance';
import { mayCall } from '../api/may';
import { useAssignmentNames } from '../api/names';
import { read } from '../api/query';
import { useSession } from '../api/use-session';
import { accountText, decimalText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Facts } from '../ui/facts';
import { Notice } from '../ui/notice';
import { Page, Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { StatusTag } from '../ui/status-tag';
import { Table } from '../ui/table';
import { Day, Instant, Money } from '../ui/values';
import { PayoutActs } from './payout-acts';
import { moneyTexts } from './texts';
import { PAYOUT_TONES } from './tones';

/** One payout with all that its checks compare, side by side: what is owed, what is bound, who is paid. */
export function PayoutPage() {
  const { payoutId = '' } = useParams();
  const query = useQuery(read(getPayout, { payoutId }));
  return <Loaded query={query}>{(payout) => <Detail payout={payout} />}</Loaded>;
}

function Detail({ payout }: { readonly payout: PayoutDetail }) {
  const t = useTexts(moneyTexts);
  const { words } = useTexts(common);
  const { status, blocked, instalment, assignmentId, purpose } = payout;
  const nameOf = useAssignmentNames([assignmentId], t.nameOf, t.expert);
  return (
    <Page
      title={purpose ?? t.payout.title(instalment, nameOf(assignmentId))}
      caseNumber={payout.caseNumber}
      trailOf={payout.id}
      crumbs={[{ label: t.payouts.title, to: '/money/payouts' }]}
      tag={<StatusTag tone={PAYOUT_TONES[status]}>{words.payoutStatus[status]}</StatusTag>}
      lead={t.payout.otherPeople}
      acts={<PayoutActs payout={payout} />}
    >
      {payout.warnings.map((warning) => (
        <Notice key={warning} tone="warning" title={warning} />
      ))}
      {blocked && <Blocked payoutId={payout.id} blocked={blocked} />}
      <div className="three">
        <Owed payout={payout} />
        {payout.source === 'INSTALMENT' && <Bound payout={payout} />}
        <Payee payout={payout} />
      </div>
      <Transfer payout={payout} />
      <CameBack payout={payout} />
      <Done payout={payout} />
      <AuditFolder subject={{ kind: 'PAYOUT', payoutId: payout.id }} />
    </Page>
  );
}

/** Why it is held; a suspicion of a double payment leads to the payment that it may repeat. */
function Blocked({ payoutId, blocked }: { readonly payoutId: string; readonly blocked: PayoutBlock }) {
  const t = useTexts(moneyTexts);
  const query = useQuery({
    ...read(listPayoutBlocks, { payoutId, reason: blocked, limit: 1 }),
    enabled: blocked === 'DUPLICATE_SUSPECTED',
  });
  const [, other] = /(AZ-\S+)/.exec(query.data?.items[0]?.note ?? '') ?? [];
  return (
    <Notice tone="danger" title={`${t.payout.blocked}: ${t.blocks[blocked]}`}>
      {other !== undefined && (
        <Link className="kern-link" to={`/money/payouts?caseNumber=${other}`}>
          {t.payout.twin(other)}
        </Link>
      )}
    </Notice>
  );
}

function Owed({
  payout: {
    amount,
    instructed,
    bookedOn,
    dueOn,
    category,
    requiredReports,
    assignmentId,
    paymentRunId,
    source,
    commitmentId,
    budgetYear,
  },
}: {
  readonly payout: PayoutView;
}) {
  const { payout: t, categories } = useTexts(moneyTexts);
  const language = useLanguage();
  return (
    <Section title={t.owed}>
      <Facts
        facts={[
          ...(instructed
            ? [
                { label: t.promised, value: <Money value={instructed.amount} /> },
                { label: bookedOn === null ? t.setAside : t.debited, value: <Money value={amount} /> },
                {
                  label: t.rate,
                  value: t.rateText(decimalText(instructed.rate, language), instructed.amount.currency),
                },
              ]
            : [{ label: t.amount, value: <Money value={amount} /> }]),
          { label: t.due, value: <Day value={dueOn} /> },
          { label: t.category, value: categories[category] },
          ...(source === 'INSTALMENT'
            ? [{ label: t.reports, value: requiredReports }]
            : [
                { label: t.source, value: t.sources[source] },
                { label: t.year, value: budgetYear },
              ]),
        ]}
      />
      {source === 'INVOICE' && (
        <Link className="kern-link" to={`/money/invoices/${commitmentId}`}>
          {t.toInvoice}
        </Link>
      )}
      {source === 'TRAVEL' && (
        <Link className="kern-link" to={`/money/travel/${commitmentId}`}>
          {t.toTravel}
        </Link>
      )}
      {assignmentId !== null && (
        <Link className="kern-link" to={`/assignments/${assignmentId}`}>
          {t.toAssignment}
        </Link>
      )}
      {paymentRunId !== null && (
        <Link className="kern-link" to={`/money/runs/${paymentRunId}`}>
          {t.run}
        </Link>
      )}
    </Section>
  );
}

/** The payment in the bank file that pays it, perhaps with others: the bank names that one. */
function Transfer({ payout: { id: payoutId, paymentRunId } }: { readonly payout: PayoutView }) {
  const { payout: t } = useTexts(moneyTexts);
  const { roles } = useSession();
  const isRead = paymentRunId !== null && mayCall(listTransfers, roles);
  const query = useQuery({
    ...read(listTransfers, { paymentRunId: paymentRunId ?? '', payoutId }),
    enabled: isRead,
  });
  if (!isRead) return null;
  return (
    <Section title={t.transfer}>
      <Loaded query={query}>
        {({ items: [transfer] }) =>
          transfer && (
            <Facts
              facts={[
                {
                  label: t.endToEndId,
                  value: (
                    <Link className="kern-link written" to={`/money/runs/${paymentRunId}?payoutId=${payoutId}`}>
                      {transfer.endToEndId}
                    </Link>
                  ),
                },
                { label: t.transferred, value: <Money value={transfer.amount} /> },
                { label: t.paysPayouts, value: transfer.parts.length },
                ...(transfer.purpose === null ? [] : [{ label: t.purpose, value: transfer.purpose }]),
              ]}
            />
          )
        }
      </Loaded>
    </Section>
  );
}

function Bound({ payout: { commitmentId, budgetYear } }: { readonly payout: PayoutView }) {
  const { payout: t } = useTexts(moneyTexts);
  const query = useQuery(read(getCommitment, { commitmentId }));
  return (
    <Section title={t.plan}>
      <Loaded query={query}>
        {({ total, byYear }) => {
          const year = byYear.find((each) => each.year === budgetYear);
          return (
            <Facts
              facts={[
                { label: t.year, value: budgetYear },
                ...(total ? [{ label: t.commitment, value: <Money value={total} /> }] : []),
                ...(year?.amount ? [{ label: t.committedYear(budgetYear), value: <Money value={year.amount} /> }] : []),
                ...(year?.open ? [{ label: t.openYear(budgetYear), value: <Money value={year.open} /> }] : []),
              ]}
            />
          );
        }}
      </Loaded>
    </Section>
  );
}

function Payee({ payout: { payeeId, assignmentId, payeeKind } }: { readonly payout: PayoutView }) {
  const { payout: t } = useTexts(moneyTexts);
  const { roles } = useSession();
  const isRead = payeeId !== null && mayCall(getPayee, roles);
  const query = useQuery({ ...read(getPayee, { payeeId: payeeId ?? '' }), enabled: isRead });
  if (payeeId !== null && !isRead) return null;
  return (
    <Section title={t.payee}>
      {payeeId === null && <p className="kern-body">{t.noPayee}</p>}
      {payeeId === null && assignmentId !== null && mayCall(createPayee, roles) && (
        <Link className="kern-link" to={`/payees/new?assignment=${assignmentId}&kind=${payeeKind}`}>
          {t.createPayee}
        </Link>
      )}
      {isRead && (
        <Loaded query={query}>
          {({ id, name, bankAccount: { holder, iban, accountNumber, bic } }) => (
            <Facts
              facts={[
                {
                  label: t.name,
                  value: (
                    <Link className="kern-link" to={`/payees/${id}`}>
                      {name}
                    </Link>
                  ),
                },
                { label: t.holder, value: holder },
                { label: t.account, value: accountText({ iban, accountNumber }) },
                { label: t.bank, value: bic ?? '–' },
              ]}
            />
          )}
        </Loaded>
      )}
    </Section>
  );
}

/** Why the bank sent it back, and what was decided: beside the acts that decide it. */
function CameBack({ payout: { bankReturn } }: { readonly payout: PayoutDetail }) {
  const { payout: t } = useTexts(moneyTexts);
  if (bankReturn === null) return null;
  const { reason, reasonText, amount, occurredOn, settlement } = bankReturn;
  const why = [reason, reasonText].filter((part) => part !== null).join(': ');
  return (
    <Section title={t.cameBack}>
      <Facts
        facts={[
          { label: t.bankReason, value: why === '' ? '–' : why },
          { label: t.backAmount, value: <Money value={amount} /> },
          { label: t.backOn, value: <Day value={occurredOn} /> },
          { label: t.settlement, value: settlement ? t.settlements[settlement.as] : t.notSettled },
        ]}
      />
    </Section>
  );
}

const STEPS = ['factualCheck', 'arithmeticalCheck', 'order', 'secondOrder', 'payment', 'booking'] as const;

function Done({ payout }: { readonly payout: PayoutView }) {
  const { payout: t } = useTexts(moneyTexts);
  const rows = STEPS.flatMap((step) => {
    const done = payout[step];
    return done ? [{ step, ...done }] : [];
  });
  if (rows.length === 0) return null;
  return (
    <Section title={t.acts}>
      <Table
        caption={t.acts}
        rows={rows}
        keyOf={({ step }) => step}
        columns={[
          { title: t.act, isHeading: true, cell: ({ step }) => t.steps[step] },
          { title: t.by, cell: ({ by }) => by },
          { title: t.at, cell: ({ at }) => <Instant value={at} /> },
        ]}
      />
    </Section>
  );
}
