import { z } from 'zod';
import { actionsOf } from '../action.operations';
import { CaseNumber, caseNumberQuery } from '../case-number';
import { Money } from '../money';
import { operation } from '../operation';
import { grant } from '../roles';
import {
  CurrencyCode,
  Day,
  Id,
  Instant,
  Line,
  Text,
  Version,
  csv,
  flag,
  pageOf,
  pageQuery,
  Code,
  Written,
  Subject,
  Sha256,
} from '../values';
import { DebtorAccount, FINANCE_READERS } from './fund.operations';
import { CostCategory } from './cost-plan.operations';
import { PaymentType } from './payee.operations';
import { PayoutStatus } from './payout.operations';

export const PaymentRunStatus = z.enum(['CREATED', 'SENT', 'SETTLING', 'BOOKED', 'REJECTED', 'CANCELLED']).meta({
  id: 'PaymentRunStatus',
  description:
    'SETTLING: the bank has answered for a part of the payouts. REJECTED: for all, and paid none. CANCELLED: given up before its file went to the bank.',
});
export type PaymentRunStatus = z.infer<typeof PaymentRunStatus>;

const Said = z.strictObject({ by: Subject, at: Instant, reason: Written(1000) });

export const PaymentRunView = z
  .strictObject({
    id: Id,
    version: Version,
    caseNumber: CaseNumber,
    fundId: Id,
    paymentType: PaymentType,
    executionOn: Day,
    requestedOn: Day.nullable().meta({
      description:
        'The day that was asked for, where the banks do not work on it: `executionOn` is the next one on which they do',
    }),
    status: PaymentRunStatus,
    debtorAccount: DebtorAccount,
    payouts: z.int().positive(),
    transfers: z.int().positive().meta({
      description: 'Payments in the bank file: payouts of one commitment to one account go together',
    }),
    total: Money,
    instructed: Money.nullable().meta({
      description:
        'What the file instructs, where that is in another currency than EUR; then `total` is what is set aside for it',
    }),
    file: z.strictObject({
      name: Written(200),
      messageId: Written(35).meta({ description: 'MsgId of the bank file, unique for ever' }),
      sha256: Sha256,
      bytes: z.int(),
    }),
    verificationOfPayee: z.enum(['SINGLE', 'GROUP', 'NOT_APPLICABLE']).meta({
      description:
        'What the bank may check (name against IBAN, Regulation (EU) 2024/886, since 9 October 2025): a file with one payment is treated as a single order and is always checked; for a GROUP the payer may have opted out. SEPA only.',
    }),
    statementReference: Written(35).nullable(),
    bookedOn: Day.nullable(),
    createdAt: Instant,
    cancellation: Said.nullable().meta({ description: 'Who gave the run up, when and why' }),
    reinstatement: z.strictObject({ proposal: Said, confirmation: Said.nullable() }).nullable().meta({
      description: 'Who says that the bank has carried it out although it was given up here',
    }),
  })
  .meta({ id: 'PaymentRunView' });
export type PaymentRunView = z.infer<typeof PaymentRunView>;

/** So many payouts go together at the most; what is more is another transfer. */
export const TRANSFER_PARTS_MAX = 100;

export const TransferView = z
  .strictObject({
    id: Id,
    paymentRunId: Id,
    endToEndId: Written(35).meta({ description: 'Unique for ever; the bank names the payment by it' }),
    commitmentId: Id,
    payeeId: Id,
    account: z.strictObject({
      holder: Written(70),
      iban: Written(34).nullable(),
      accountNumber: Written(34).nullable(),
      bic: Written(11).nullable(),
    }),
    amount: Money,
    purpose: Written(300).nullable().meta({
      description:
        'What the payee reads on it. null: paid by the reference of the payee alone, or from before transfers were kept',
    }),
    creditorReference: Written(25).nullable(),
    parts: z
      .array(
        z.strictObject({
          payoutId: Id,
          caseNumber: CaseNumber,
          category: CostCategory,
          dueOn: Day,
          amount: Money,
          status: PayoutStatus,
        }),
      )
      .min(1)
      .max(TRANSFER_PARTS_MAX),
  })
  .meta({
    id: 'TransferView',
    description:
      'One payment in the bank file of a run: to one account, of one commitment, for one payout or for several that add up to it. The bank debits, rejects and returns it as a whole.',
  });
export type TransferView = z.infer<typeof TransferView>;

export const createPaymentRun = operation({
  subject: 'rpc.finance.payment-run.create',
  http: { method: 'POST', path: '/payment-runs', success: 201, location: '/payment-runs/{id}', putById: true },
  summary: 'Put ordered payouts into a payment run and write its bank file',
  description:
    'Takes the given payouts, or every ORDERED one of the fund and payment type (at most 10,000). All become IN_RUN or none. Payouts of one commitment to one account are one payment in the file, with a purpose for all of them; one with a creditor reference of its own, or that pays again what came back, stays alone, as does one in another currency than EUR. One file is of one currency, as banks give it one sum to check: payouts of several are refused, and `currency` names one of them. A foreign payee whose address has no town or country that a bank can carry is refused; the answer lists all of them with a pointer to each field. The pain.001.001.09 file is validated against the XSD before it is stored and never written again. The day of execution is today or later, within the days of the rule execution-days-ahead; one on which the banks do not work (weekends, closing days of TARGET) becomes the next one on which they do, and `requestedOn` keeps what was asked for. A payout of a later budget year is refused unless the execution date lies in that year, or in the last half of the December before and the payout is due in January (BHO 72: paid before so that it arrives in time).',
  request: z.strictObject({
    id: Id.optional(),
    fundId: Id,
    paymentType: PaymentType,
    executionOn: Day,
    currency: CurrencyCode.optional().meta({ description: 'Takes only payouts that are instructed in it' }),
    payoutIds: z.array(Id).min(1).max(1000).optional(),
  }),
  reply: PaymentRunView,
  errors: [
    'FINANCE_PAYMENT_RUN_EMPTY',
    'FINANCE_PAYMENT_RUN_PAYOUT_UNFIT',
    'FINANCE_PAYMENT_RUN_CURRENCIES_MIXED',
    'FINANCE_PAYMENT_RUN_ADDRESS_INCOMPLETE',
    'FINANCE_PAYMENT_RUN_YEAR_NOT_STARTED',
    'FINANCE_PAYMENT_RUN_DAY_OUT_OF_RANGE',
    'FINANCE_RULE_MISSING',
    'FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED',
    'FINANCE_PAYOUT_FOUR_EYES',
    'FINANCE_PAYOUT_BLOCKED',
    'FINANCE_PAYOUT_ORDER_OUTDATED',
    'FINANCE_SCREENING_NOT_CONFIGURED',
    'FINANCE_SCREENING_MISSING',
    'PLATFORM_RESOURCE_EXISTS',
  ],
  allow: grant('any', 'cashier'),
  idempotency: 'required',
  stepUp: true,
  deadlineMs: 20_000,
});

export const getPaymentRun = operation({
  subject: 'rpc.finance.payment-run.get',
  http: { method: 'GET', path: '/payment-runs/{paymentRunId}' },
  summary: 'Read a payment run',
  request: z.strictObject({ paymentRunId: Id }),
  reply: PaymentRunView,
  allow: FINANCE_READERS,
});

export const listTransfers = operation({
  subject: 'rpc.finance.payment-run.list-transfers',
  http: { method: 'GET', path: '/payment-runs/{paymentRunId}/transfers' },
  summary: 'List the payments in the bank file of a run, each with the payouts that it pays',
  request: z.strictObject({
    paymentRunId: Id,
    payoutId: Id.optional().meta({ description: 'Only the payment that pays this payout' }),
    ...pageQuery,
  }),
  reply: pageOf(TransferView),
  allow: FINANCE_READERS,
});

export const listPaymentRunActions = actionsOf(
  'rpc.finance.payment-run',
  '/payment-runs/{paymentRunId}',
  FINANCE_READERS,
);

export const listPaymentRuns = operation({
  subject: 'rpc.finance.payment-run.list',
  http: { method: 'GET', path: '/payment-runs' },
  summary: 'List payment runs, newest first',
  request: z.strictObject({
    ...caseNumberQuery,
    fundId: Id.optional(),
    status: csv(PaymentRunStatus).optional(),
    isReinstatementProposed: flag().optional().meta({
      description: 'true: waits for the second person',
    }),
    executionOnTo: Day.optional().meta({ description: 'Exclusive' }),
    ...pageQuery,
  }),
  reply: pageOf(PaymentRunView),
  allow: FINANCE_READERS,
});

/** Bytes of one part of the bank file: its text may double in JSON, where each quote is escaped. */
export const PAYMENT_FILE_PART_BYTES = 300 * 1024;

export const getPaymentRunFile = operation({
  subject: 'rpc.finance.payment-run.get-file',
  http: { method: 'GET', path: '/payment-runs/{paymentRunId}/file', file: 'application/xml' },
  summary: 'The bank file of a payment run (ISO 20022 pain.001.001.09)',
  description: 'The stored bytes: every export of a run has the same sha256.',
  request: z.strictObject({
    paymentRunId: Id,
    offset: z.coerce
      .number()
      .int()
      .min(0)
      .default(0)
      .meta({ description: 'First byte; the whole file comes in parts' }),
  }),
  reply: z.strictObject({
    mediaType: z.literal('application/xml'),
    fileName: Written(200),
    body: Code(PAYMENT_FILE_PART_BYTES, /^[\t\n\r\x20-\x7e]*$/),
    nextOffset: z.int().nullable().meta({ description: 'Where the next part begins; null: this was the last' }),
  }),
  allow: grant('any', 'cashier', 'auditor'),
});

export const sendPaymentRun = operation({
  subject: 'rpc.finance.payment-run.send',
  http: { method: 'POST', path: '/payment-runs/{paymentRunId}/sendings' },
  summary: 'Record that the file was handed to the bank',
  request: z.strictObject({ paymentRunId: Id }),
  reply: PaymentRunView,
  errors: [
    'FINANCE_PAYMENT_RUN_TRANSITION_NOT_ALLOWED',
    'FINANCE_PAYMENT_RUN_PAYOUT_BLOCKED',
    'FINANCE_PAYMENT_RUN_NAME_UNCONFIRMED',
  ],
  allow: grant('any', 'cashier'),
  idempotency: 'required',
  precondition: 'required',
  stepUp: true,
});

export const cancelPaymentRun = operation({
  subject: 'rpc.finance.payment-run.cancel',
  http: { method: 'POST', path: '/payment-runs/{paymentRunId}/cancellations' },
  summary: 'Give up a payment run whose file has not gone to the bank',
  description:
    'Its payouts are ORDERED again and go into a later run under a new EndToEndId; one that is held stays held. With the reason the person states that the file did not go to the bank: were it sent all the same, the payouts would be paid twice. Therefore it is neither the person who made the run nor one who ordered a payout in it (BHO 77; docs/domain.md#before-a-payment). A run of which a debit was seen at the bank is not given up any more. Run and file stay readable. No message: nobody was told that the payouts were in a run.',
  request: z.strictObject({
    paymentRunId: Id,
    reason: Text(1000).meta({ description: 'Why, in a sentence that an auditor understands' }),
  }),
  reply: PaymentRunView,
  errors: [
    'FINANCE_PAYMENT_RUN_TRANSITION_NOT_ALLOWED',
    'FINANCE_PAYMENT_RUN_CARRIED_OUT',
    'FINANCE_PAYMENT_RUN_FOUR_EYES',
    'FINANCE_PAYOUT_FOUR_EYES',
  ],
  allow: grant('any', 'cashier', 'finance-officer'),
  idempotency: 'required',
  precondition: 'required',
});

export const bookPaymentRun = operation({
  subject: 'rpc.finance.payment-run.book',
  http: { method: 'POST', path: '/payment-runs/{paymentRunId}/bookings' },
  summary: 'Book all payouts of the run from a bank statement: payable -> paid',
  description:
    'The day of booking is no earlier than the day on which the bank file was written, and no later than today.',
  request: z.strictObject({ paymentRunId: Id, bookedOn: Day, statementReference: Line(35) }),
  reply: PaymentRunView,
  errors: [
    'FINANCE_PAYMENT_RUN_TRANSITION_NOT_ALLOWED',
    'FINANCE_PAYMENT_RUN_BOOKING_DAY_IMPOSSIBLE',
    'FINANCE_PAYMENT_RUN_DEBIT_UNKNOWN',
    'FINANCE_PAYOUT_FOUR_EYES',
    'FINANCE_BUDGET_YEAR_CLOSED',
  ],
  allow: grant('any', 'cashier'),
  idempotency: 'required',
  precondition: 'required',
});

const reinstatement = {
  request: z.strictObject({
    paymentRunId: Id,
    reason: Text(1000).meta({ description: 'Why, in a sentence that an auditor understands' }),
  }),
  reply: PaymentRunView,
  idempotency: 'required',
  precondition: 'required',
} as const;

export const proposePaymentRunReinstatement = operation({
  subject: 'rpc.finance.payment-run.propose-reinstatement',
  http: { method: 'POST', path: '/payment-runs/{paymentRunId}/reinstatements' },
  summary: 'Propose that a run goes on that was given up here and that the bank has carried out all the same',
  description: 'Of a run of which a debit was seen. Source: docs/domain.md#matching-bank-entries.',
  ...reinstatement,
  errors: ['FINANCE_PAYMENT_RUN_NOT_CARRIED_OUT', 'FINANCE_PAYMENT_RUN_REINSTATEMENT_PENDING'],
  allow: grant('any', 'cashier'),
});

export const confirmPaymentRunReinstatement = operation({
  subject: 'rpc.finance.payment-run.confirm-reinstatement',
  http: { method: 'POST', path: '/payment-runs/{paymentRunId}/reinstatement-confirmations' },
  summary: 'Confirm that the bank has carried the run out: it is SENT, and what the bank said of it takes effect',
  description:
    'By another person, never a cashier (BHO 77). What is still ordered as in the file is SENT, held or not; a payout that waits in another file is refused (docs/finance.md).',
  ...reinstatement,
  errors: [
    'FINANCE_PAYMENT_RUN_REINSTATEMENT_MISSING',
    'FINANCE_PAYMENT_RUN_FOUR_EYES',
    'FINANCE_PAYMENT_RUN_PAYOUT_ELSEWHERE',
  ],
  allow: grant('any', 'finance-officer', 'payment-orderer'),
  deadlineMs: 20_000,
});

export const rejectPaymentRunReinstatement = operation({
  subject: 'rpc.finance.payment-run.reject-reinstatement',
  http: { method: 'POST', path: '/payment-runs/{paymentRunId}/reinstatement-rejections' },
  summary: 'Reject or withdraw the proposal; the run stays given up',
  ...reinstatement,
  errors: ['FINANCE_PAYMENT_RUN_REINSTATEMENT_MISSING'],
  allow: grant('any', 'cashier', 'finance-officer', 'payment-orderer'),
});
