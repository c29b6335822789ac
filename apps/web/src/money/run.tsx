import { AuditFolder } from '../ui/audit-folder';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import {
  bookPaymentRun,
  cancelPaymentRun,
  confirmPaymentRunReinstatement,
  getPaymentRun,
  getPaymentRunFile,
  listBankMessages,
  listPaymentAnswers,
  listPaymentRunActions,
  type PaymentRunView,
  proposePaymentRunReinstatement,
  rejectPaymentRunReinstatement,
  sendPaymentRun,
} from '#contracts/finance';
import { mayCall } from '../api/may';
import { read } from '../api/query';
import { useSession } from '../api/use-session';
import { common } from '../i18n/common';
import { dayText, ibanText, instantText, moneyText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { act } from '../ui/act';
import { Acts } from '../ui/acts';
import { LinkButton } from '../ui/button';
import { type Fact, Facts } from '../ui/facts';
import { Icon } from '../ui/icon';
import { Page, Section } from '../ui/page';
import { PaymentAnswers } from '../ui/payment-answers';
import { Loaded } from '../ui/query-state';
import { StatusTag } from '../ui/status-tag';
import { Day, Money } from '../ui/values';
import { officeTexts } from './texts';
import { RUN_TONES } from './tones';
import { Transfers } from './transfers';

export function RunPage() {
  const { paymentRunId = '' } = useParams();
  const query = useQuery(read(getPaymentRun, { paymentRunId }));
  return <Loaded query={query}>{(run) => <Detail run={run} />}</Loaded>;
}

function Detail({ run }: { readonly run: PaymentRunView }) {
  const { runs: t } = useTexts(officeTexts);
  const { words } = useTexts(common);
  const { roles } = useSession();
  return (
    <Page
      title={t.name(dayText(run.executionOn, useLanguage()), t.types[run.paymentType])}
      caseNumber={run.caseNumber}
      trailOf={run.id}
      crumbs={[{ label: t.title, to: '/money/runs' }]}
      tag={<StatusTag tone={RUN_TONES[run.status]}>{words.paymentRunStatus[run.status]}</StatusTag>}
      acts={<RunActs run={run} />}
    >
      <KeyFacts run={run} />
      {mayCall(listPaymentAnswers, roles) && (
        <Section title={words.paymentAnswers.title}>
          <PaymentAnswers filter={{ paymentRunId: run.id }} />
        </Section>
      )}
      <Section title={t.payoutsOf}>
        <Transfers paymentRunId={run.id} />
      </Section>
      <AuditFolder subject={{ kind: 'PAYMENT_RUN', paymentRunId: run.id }} />
    </Page>
  );
}

function RunActs({ run: { id, version, status, transfers, total } }: { readonly run: PaymentRunView }) {
  const { acts, status: label, columns } = useTexts(officeTexts).runs;
  const { words } = useTexts(common);
  const sum = moneyText(total, useLanguage());
  const fixed = { paymentRunId: id };
  const because = { reason: { label: acts.reason, rows: 3 } };
  const book = { bookedOn: { label: acts.bookedOn }, statementReference: { label: acts.reference } };
  return (
    <Acts
      of={listPaymentRunActions}
      id={fixed}
      version={version}
      seen={{ [label]: words.paymentRunStatus[status], [columns.payouts]: String(transfers), [columns.total]: sum }}
      acts={[
        act({
          operation: sendPaymentRun,
          isNext: true,
          ...acts.send,
          ask: acts.send.ask(transfers, sum),
          fixed,
          fields: {},
        }),
        act({ operation: bookPaymentRun, isNext: true, ...acts.book, fixed, fields: book }),
        act({ operation: cancelPaymentRun, ...acts.cancel, fixed, fields: because }),
        act({ operation: proposePaymentRunReinstatement, isNext: true, ...acts.reinstate, fixed, fields: because }),
        act({
          operation: confirmPaymentRunReinstatement,
          isNext: true,
          ...acts.confirmReinstatement,
          fixed,
          fields: because,
        }),
        act({ operation: rejectPaymentRunReinstatement, ...acts.rejectReinstatement, fixed, fields: because }),
      ]}
    />
  );
}

function KeyFacts({ run }: { readonly run: PaymentRunView }) {
  const { runs: t } = useTexts(officeTexts);
  const { roles } = useSession();
  const language = useLanguage();
  const { id, debtorAccount, payouts, transfers, total, instructed, file, bookedOn, statementReference, paymentType } =
    run;
  const { cancellation, reinstatement } = run;
  const said = (label: string, by: PaymentRunView['cancellation'] | undefined): Fact[] =>
    by ? [{ label, value: `${by.reason} (${by.by}, ${instantText(by.at, language)})` }] : [];
  return (
    <Section title={t.facts}>
      <Facts
        facts={[
          { label: t.columns.type, value: t.types[paymentType] },
          { label: t.columns.execution, value: <Execution run={run} /> },
          { label: t.columns.payouts, value: t.transfers.count(transfers, payouts) },
          ...(instructed ? [{ label: t.instructed, value: <Money value={instructed} /> }] : []),
          { label: t.columns.total, value: <Money value={total} /> },
          { label: t.account, value: `${debtorAccount.holder}, ${ibanText(debtorAccount.iban)}` },
          { label: t.columns.file, value: file.name },
          { label: t.hash, value: <span className="written">{file.sha256}</span> },
          ...(bookedOn ? [{ label: t.booked, value: <Day value={bookedOn} /> }] : []),
          ...(statementReference ? [{ label: t.statement, value: statementReference }] : []),
          ...said(t.cancelled, cancellation),
          ...said(t.reinstatementProposed, reinstatement?.proposal),
          ...said(t.reinstated, reinstatement?.confirmation),
        ]}
      />
      <div className="buttons">
        {mayCall(getPaymentRunFile, roles) && (
          <a className="kern-btn kern-btn--secondary" href={`/v1/payment-runs/${id}/file`} download={file.name}>
            <Icon name="download" />
            <span className="kern-label">{t.download}</span>
          </a>
        )}
        {mayCall(listBankMessages, roles) && <LinkButton to="/bank/messages">{t.toBank}</LinkButton>}
      </div>
    </Section>
  );
}

/** With a word about the day that was asked for, where the banks do not work on it. */
function Execution({ run: { executionOn, requestedOn } }: { readonly run: PaymentRunView }) {
  const { runs: t } = useTexts(officeTexts);
  const language = useLanguage();
  return (
    <>
      <Day value={executionOn} />
      {requestedOn && <small className="below">{t.requested(dayText(requestedOn, language))}</small>}
    </>
  );
}
