import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import {
  listPaymentAnswers,
  type PaymentAnswerState,
  type PaymentAnswerStatus,
  type PaymentAnswerView,
} from '#contracts/finance';
import { usePayeeNames } from '../api/names';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { List } from './list';
import { StatusTag, type TagTone } from './status-tag';
import { Instant } from './values';

const VERDICT_TONES: Readonly<Record<PaymentAnswerStatus, TagTone>> = {
  RJCT: 'danger',
  CANC: 'danger',
  RCVC: 'success',
  RVMC: 'warning',
  RVNM: 'danger',
  RVNA: 'neutral',
};

export const ANSWER_TONES: Readonly<Record<PaymentAnswerState, TagTone>> = {
  APPLIED: 'neutral',
  WAITING: 'info',
  OPEN: 'warning',
  PROPOSED: 'warning',
  SETTLED: 'success',
};

interface PaymentAnswersProps {
  readonly filter: Parameters<typeof read<typeof listPaymentAnswers>>[1];
  /** Instead of a word that there are none, where all payees are meant. */
  readonly empty?: string;
}

const NONE: readonly PaymentAnswerView[] = [];

/** What the bank has answered on payments: rejects, and whether name and account of a payee belong together. */
export function PaymentAnswers({ filter, empty }: PaymentAnswersProps) {
  const { paymentAnswers: t, paymentAnswerStatus, paymentAnswerState } = useTexts(common).words;
  const query = useQuery(read(listPaymentAnswers, filter));
  const nameOf = usePayeeNames((query.data?.items ?? NONE).flatMap(({ payeeId }) => payeeId ?? []));
  return (
    <List
      query={query}
      caption={t.title}
      keyOf={({ id }) => id}
      empty={empty ?? t.none}
      columns={[
        {
          title: t.payee,
          isHeading: true,
          cell: ({ id, payeeId }) => (
            <Link className="kern-link" to={`/bank/answers/${id}`}>
              {payeeId === null ? t.unknown : nameOf(payeeId)}
            </Link>
          ),
        },
        {
          title: t.verdict,
          cell: ({ status }) => <StatusTag tone={VERDICT_TONES[status]}>{paymentAnswerStatus[status]}</StatusTag>,
        },
        { title: t.name, cell: ({ nameAtBank }) => nameAtBank ?? '–' },
        {
          title: t.state,
          cell: ({ state }) => <StatusTag tone={ANSWER_TONES[state]}>{paymentAnswerState[state]}</StatusTag>,
        },
        { title: t.at, cell: ({ receivedAt }) => <Instant value={receivedAt} /> },
      ]}
    />
  );
}
