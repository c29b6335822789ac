import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import {
  confirmPaymentAnswerSettlement,
  getPaymentAnswer,
  getPayee,
  listPaymentAnswerActions,
  type PaymentAnswerView,
  proposePaymentAnswerSettlement,
  rejectPaymentAnswerSettlement,
} from '#contracts/finance';
import { mayCall } from '../api/may';
import { usePayeeNames } from '../api/names';
import { read } from '../api/query';
import { useSession } from '../api/use-session';
import { common } from '../i18n/common';
import { instantText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { act } from '../ui/act';
import { Acts } from '../ui/acts';
import { LinkButton } from '../ui/button';
import { type Fact, Facts } from '../ui/facts';
import { Notice } from '../ui/notice';
import { Page, Section } from '../ui/page';
import { ANSWER_TONES } from '../ui/payment-answers';
import { Loaded } from '../ui/query-state';
import { StatusTag } from '../ui/status-tag';
import { Instant } from '../ui/values';
import { checkTexts } from './texts';

/** One answer of the bank on one payment, and what two persons make of it. */
export function AnswerPage() {
  const { paymentAnswerId = '' } = useParams();
  const query = useQuery(read(getPaymentAnswer, { paymentAnswerId }));
  return <Loaded query={query}>{(answer) => <Detail answer={answer} />}</Loaded>;
}

interface Props {
  readonly answer: PaymentAnswerView;
}

function Detail({ answer }: Props) {
  const { answers: t } = useTexts(checkTexts);
  const { words } = useTexts(common);
  const { payeeId, status, state, explanation } = answer;
  const name = usePayeeNames(payeeId === null ? [] : [payeeId]);
  return (
    <Page
      title={`${words.paymentAnswerStatus[status]}: ${payeeId === null ? words.paymentAnswers.unknown : name(payeeId)}`}
      crumbs={[{ label: t.title, to: '/bank/answers?state=OPEN,PROPOSED' }]}
      tag={<StatusTag tone={ANSWER_TONES[state]}>{words.paymentAnswerState[state]}</StatusTag>}
      acts={<AnswerActs answer={answer} />}
    >
      {explanation !== null && state !== 'SETTLED' && <Notice tone="warning" title={explanation} />}
      <Said answer={answer} />
    </Page>
  );
}

function Said({ answer }: Props) {
  const { answers: t } = useTexts(checkTexts);
  const { words } = useTexts(common);
  const { roles } = useSession();
  const language = useLanguage();
  const { payeeId, payoutId, paymentRunId, bankMessageId, reason, reasonText, nameAtBank } = answer;
  const { endToEndId, receivedAt, proposal, confirmation } = answer;
  const by = (label: string, who: PaymentAnswerView['proposal']): Fact[] =>
    who ? [{ label, value: `${who.reason} (${who.by}, ${instantText(who.at, language)})` }] : [];
  return (
    <Section title={t.facts}>
      <Facts
        facts={[
          ...(nameAtBank ? [{ label: words.paymentAnswers.name, value: nameAtBank }] : []),
          ...(reason ? [{ label: t.reason, value: reasonText ? `${reasonText} (${reason})` : reason }] : []),
          { label: words.paymentAnswers.at, value: <Instant value={receivedAt} /> },
          ...(endToEndId ? [{ label: t.endToEnd, value: <span className="written">{endToEndId}</span> }] : []),
          ...by(t.proposed, proposal),
          ...by(t.confirmed, confirmation),
        ]}
      />
      <div className="buttons">
        {payoutId !== null && <LinkButton to={`/money/payouts/${payoutId}`}>{t.toPayout}</LinkButton>}
        {paymentRunId !== null && <LinkButton to={`/money/runs/${paymentRunId}`}>{t.toRun}</LinkButton>}
        {payeeId !== null && mayCall(getPayee, roles) && <LinkButton to={`/payees/${payeeId}`}>{t.toPayee}</LinkButton>}
        <LinkButton to={`/bank/messages/${bankMessageId}`}>{t.toMessage}</LinkButton>
      </div>
    </Section>
  );
}

function AnswerActs({ answer: { id, version, state } }: Props) {
  const { answers: t } = useTexts(checkTexts);
  const { words } = useTexts(common);
  const fixed = { paymentAnswerId: id };
  const fields = { reason: { label: t.because, rows: 3 } };
  return (
    <Acts
      of={listPaymentAnswerActions}
      id={fixed}
      version={version}
      seen={{ [words.paymentAnswers.state]: words.paymentAnswerState[state] }}
      acts={[
        act({ operation: proposePaymentAnswerSettlement, isNext: true, ...t.propose, fixed, fields }),
        act({ operation: confirmPaymentAnswerSettlement, isNext: true, ...t.confirm, fixed, fields }),
        act({ operation: rejectPaymentAnswerSettlement, ...t.reject, fixed, fields }),
      ]}
    />
  );
}
