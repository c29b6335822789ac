import { z } from 'zod';
import { actionsOf } from '../action.operations';
import { CaseNumber, caseNumberQuery } from '../case-number';
import { Money, PositiveMoney } from '../money';
import { operation } from '../operation';
import { grant } from '../roles';
import { Day, Id, Instant, Line, Text, Version, csv, flag, pageOf, pageQuery, Written, Subject } from '../values';
import { InterestView } from './drawdown.operations';
import { FINANCE_READERS, Year } from './fund.operations';
import { RuleSet } from './public-money-rule.operations';

export const CLAIM_STATUSES = [
  'DRAFT',
  'HEARING',
  'DECIDED',
  'OBJECTED',
  'DUE',
  'DEFERRED',
  'PAID',
  'WAIVED',
  'WRITTEN_OFF',
] as const;
export const ClaimStatus = z.enum(CLAIM_STATUSES).meta({
  id: 'ClaimStatus',
  description: 'Hearing: VwVfG 28. Deferral, write-off and remission: BHO 59 (Stundung, Niederschlagung, Erlass).',
});
export type ClaimStatus = z.infer<typeof ClaimStatus>;

/** Why money comes back. Source: VwVfG 49 (3), docs/domain.md#interest-and-repayment. */
export const ClaimGround = z
  .enum(['UNSPENT', 'IMPROPER_USE', 'LATE_USE', 'CONDITION_BREACHED', 'OVERPAID'])
  .meta({ id: 'ClaimGround' });
export type ClaimGround = z.infer<typeof ClaimGround>;

export const ClaimPart = z.enum(['PRINCIPAL', 'INTEREST']).meta({ id: 'ClaimPart' });
export type ClaimPart = z.infer<typeof ClaimPart>;

const INSTALMENTS_MAX = 60;
/** Payments of a claim that one answer shows. */
export const PAYMENTS_SHOWN = 80;
/** Demands of interest, and waivers of parts, that one answer shows: the latest. */
export const CLAIM_STEPS_SHOWN = 10;

export const ClaimView = z
  .strictObject({
    id: Id,
    version: Version,
    caseNumber: CaseNumber,
    fundId: Id,
    proofOfUseId: Id.nullable(),
    debtorName: Written(140),
    ruleSet: RuleSet,
    ground: ClaimGround,
    reason: Written(4000),
    paymentReference: Written(25).meta({
      description:
        'What the debtor states so that the payment is found: the case number as a creditor reference (ISO 11649)',
    }),
    amount: Money,
    paid: Money.meta({ description: 'Of the claim itself, without interest' }),
    waived: Money.meta({ description: 'Parts that were remitted; the rest stays due' }),
    open: Money,
    interest: z
      .strictObject({ demanded: Money, paid: Money, open: Money })
      .meta({ description: 'Interest that was demanded; it is no part of the amount (VwVfG 49a (3))' }),
    nextDueOn: Day.nullable().meta({ description: 'When money is due next: the claim, or its first open instalment' }),
    isOverdue: z.boolean().meta({ description: 'What is due next was due before today' }),
    isMinor: z.boolean().meta({ description: 'At or below the threshold for minor claims of the rule set' }),
    interestFrom: Day.meta({ description: 'Day the decision became ineffective; interest runs from here' }),
    status: ClaimStatus,
    draftedBy: Subject,
    hearingUntil: Day.nullable(),
    statement: Written(10_000).nullable().meta({ description: 'What the debtor said in the hearing' }),
    decision: z.strictObject({ by: Subject, decidedOn: Day, reference: Written(100) }).nullable(),
    objection: z.strictObject({ objectedOn: Day, text: Written(10_000) }).nullable(),
    dueOn: Day.nullable(),
    instalments: z.array(z.strictObject({ dueOn: Day, amount: Money })).max(INSTALMENTS_MAX),
    payments: z
      .array(
        z.strictObject({
          number: z.int(),
          paidOn: Day,
          amount: Money,
          reference: Written(100),
          settles: ClaimPart,
          budgetYear: Year.nullable().meta({
            description: 'Whose income it is; null: recorded before the ledger knew of claims',
          }),
          bankEntryId: Id.nullable().meta({ description: 'The credit of the bank that it is; null: not seen yet' }),
          outcome: z
            .strictObject({ kind: z.enum(['GIVEN_BACK', 'REMITTED', 'REVERSED']), reason: Written(2000) })
            .nullable()
            .meta({ description: 'Null while the money stands on `returned`' }),
        }),
      )
      .max(PAYMENTS_SHOWN)
      .meta({ description: `The latest ${PAYMENTS_SHOWN}, in order; \`paid\` counts all` }),
    interestDemands: z
      .array(z.strictObject({ number: z.int(), amount: Money, until: Day, dueOn: Day, by: Subject }))
      .max(CLAIM_STEPS_SHOWN),
    waivers: z
      .array(z.strictObject({ number: z.int(), amount: Money, waivedOn: Day, reason: Written(2000), by: Subject }))
      .max(CLAIM_STEPS_SHOWN)
      .meta({ description: 'Of parts; `closing` says why the whole rest was waived' }),
    closing: z.strictObject({ reason: Written(2000), consentReference: Written(100).nullable() }).nullable(),
    createdAt: Instant,
  })
  .meta({ id: 'ClaimView', description: 'Money the fund demands back (Erstattung, VwVfG 49a).' });
export type ClaimView = z.infer<typeof ClaimView>;

export const ClaimSummary = ClaimView.omit({
  reason: true,
  paymentReference: true,
  statement: true,
  objection: true,
  instalments: true,
  payments: true,
  interestDemands: true,
  waivers: true,
  closing: true,
}).meta({ id: 'ClaimSummary', description: 'A claim in a list: amounts and dates, without what people wrote on it.' });
export type ClaimSummary = z.infer<typeof ClaimSummary>;

const WRITE = { allow: grant('any', 'finance-officer'), idempotency: 'required', precondition: 'required' } as const;

export const createClaim = operation({
  subject: 'rpc.finance.claim.create',
  http: { method: 'POST', path: '/claims', success: 201, location: '/claims/{id}', putById: true },
  summary: 'Draft a claim for repayment',
  request: z.strictObject({
    id: Id.optional(),
    fundId: Id,
    debtorName: Line(140),
    ruleSet: RuleSet,
    ground: ClaimGround,
    reason: Text(4000),
    amount: PositiveMoney,
    interestFrom: Day,
  }),
  reply: ClaimView,
  errors: ['FINANCE_AMOUNT_CURRENCY_MISMATCH', 'FINANCE_PUBLIC_MONEY_RULE_MISSING', 'PLATFORM_RESOURCE_EXISTS'],
  allow: grant('any', 'programme-officer', 'finance-officer'),
  idempotency: 'required',
});

export const openClaimHearing = operation({
  subject: 'rpc.finance.claim.open-hearing',
  http: { method: 'POST', path: '/claims/{claimId}/hearings' },
  summary: 'Hear the debtor until a day (VwVfG 28)',
  request: z.strictObject({ claimId: Id, until: Day }),
  reply: ClaimView,
  errors: ['FINANCE_CLAIM_TRANSITION_NOT_ALLOWED', 'FINANCE_CLAIM_DATE_INVALID'],
  ...WRITE,
});

export const recordClaimStatement = operation({
  subject: 'rpc.finance.claim.record-statement',
  http: { method: 'POST', path: '/claims/{claimId}/statements' },
  summary: 'Record what the debtor said in the hearing',
  request: z.strictObject({ claimId: Id, statement: Text(10_000) }),
  reply: ClaimView,
  errors: ['FINANCE_CLAIM_TRANSITION_NOT_ALLOWED'],
  ...WRITE,
});

export const decideClaim = operation({
  subject: 'rpc.finance.claim.decide',
  http: { method: 'POST', path: '/claims/{claimId}/decisions' },
  summary: 'Set the claim by written act, by another person than its drafter',
  description: 'Refused while the hearing runs, unless the statement of the debtor is recorded.',
  request: z.strictObject({ claimId: Id, decidedOn: Day, reference: Line(100) }),
  reply: ClaimView,
  errors: [
    'FINANCE_CLAIM_TRANSITION_NOT_ALLOWED',
    'FINANCE_CLAIM_FOUR_EYES',
    'FINANCE_CLAIM_HEARING_OPEN',
    'FINANCE_CLAIM_DATE_INVALID',
  ],
  ...WRITE,
});

export const objectToClaim = operation({
  subject: 'rpc.finance.claim.object',
  http: { method: 'POST', path: '/claims/{claimId}/objections' },
  summary: 'Record the objection of the debtor (Widerspruch)',
  request: z.strictObject({ claimId: Id, objectedOn: Day, text: Text(10_000) }),
  reply: ClaimView,
  errors: ['FINANCE_CLAIM_TRANSITION_NOT_ALLOWED', 'FINANCE_CLAIM_DATE_INVALID'],
  ...WRITE,
});

export const makeClaimDue = operation({
  subject: 'rpc.finance.claim.make-due',
  http: { method: 'POST', path: '/claims/{claimId}/due-notices' },
  summary: 'State from when the claim is due; after an objection: once it was rejected',
  request: z.strictObject({ claimId: Id, dueOn: Day }),
  reply: ClaimView,
  errors: ['FINANCE_CLAIM_TRANSITION_NOT_ALLOWED', 'FINANCE_CLAIM_DATE_INVALID'],
  ...WRITE,
});

export const recordClaimPayment = operation({
  subject: 'rpc.finance.claim.record-payment',
  http: { method: 'POST', path: '/claims/{claimId}/payments' },
  summary: 'Record money that the debtor paid; PAID when nothing is open',
  description:
    'Booked as income of the budget year in which it came in, from `external` to `returned` (BHO 15, 72). `budgetYear` names the year that takes it where the books of that one are closed.',
  request: z.strictObject({
    claimId: Id,
    amount: PositiveMoney,
    paidOn: Day,
    reference: Line(100),
    budgetYear: Year.optional(),
    bankEntryId: Id.optional().meta({
      description:
        'The credit of the bank that it is, open by that amount at least and booked on `paidOn`. Where a person recorded the payment before, it is confirmed and not booked again.',
    }),
    settles: ClaimPart.default('PRINCIPAL').meta({ description: 'INTEREST: what was demanded of it' }),
  }),
  reply: ClaimView,
  errors: [
    'FINANCE_CLAIM_TRANSITION_NOT_ALLOWED',
    'FINANCE_CLAIM_PAYMENT_TOO_HIGH',
    'FINANCE_CLAIM_PAYMENT_RECEIVED',
    'FINANCE_BANK_ENTRY_SETTLED',
    'FINANCE_BANK_ENTRY_NO_CREDIT',
    'FINANCE_BANK_ENTRY_FUND_MISMATCH',
    'FINANCE_BANK_ENTRY_AMOUNT_EXCEEDED',
    'FINANCE_CLAIM_DATE_INVALID',
    'FINANCE_AMOUNT_CURRENCY_MISMATCH',
    'FINANCE_BUDGET_YEAR_CLOSED',
    'FINANCE_BUDGET_YEAR_UNKNOWN',
  ],
  ...WRITE,
  allow: grant('any', 'finance-officer', 'cashier'),
});

const paymentOfClaim = { claimId: Id, paymentNumber: z.coerce.number().int().min(1) };

export const settleClaimPayment = operation({
  subject: 'rpc.finance.claim.settle-payment',
  http: { method: 'POST', path: '/claims/{claimId}/payments/{paymentNumber}/settlements' },
  summary: 'Say where the money of a payment goes: back to the budget, or on to the financier',
  description: 'GIVEN_BACK moves it from `returned` to `available`, REMITTED to `external`. Once per payment.',
  request: z.strictObject({ ...paymentOfClaim, as: z.enum(['GIVEN_BACK', 'REMITTED']), reason: Text(2000) }),
  reply: ClaimView,
  errors: [
    'FINANCE_CLAIM_PAYMENT_UNKNOWN',
    'FINANCE_CLAIM_PAYMENT_ENDED',
    'FINANCE_CLAIM_INTEREST_NOT_OF_BUDGET',
    'FINANCE_BUDGET_YEAR_CLOSED',
  ],
  ...WRITE,
  allow: grant('any', 'budget-officer'),
});

export const reverseClaimPayment = operation({
  subject: 'rpc.finance.claim.reverse-payment',
  http: { method: 'POST', path: '/claims/{claimId}/payments/{paymentNumber}/reversals' },
  summary: 'Take back a payment that was recorded wrongly or did not hold (Storno)',
  description: 'What it settled is open again. A payment whose money was settled cannot be reversed.',
  request: z.strictObject({ ...paymentOfClaim, reason: Text(2000) }),
  reply: ClaimView,
  errors: ['FINANCE_CLAIM_PAYMENT_UNKNOWN', 'FINANCE_CLAIM_PAYMENT_ENDED', 'FINANCE_BUDGET_YEAR_CLOSED'],
  ...WRITE,
  allow: grant('any', 'finance-officer'),
});

export const demandClaimInterest = operation({
  subject: 'rpc.finance.claim.demand-interest',
  http: { method: 'POST', path: '/claims/{claimId}/interest-demands' },
  summary: 'Demand the interest of a claim up to a day, less what was demanded before',
  description:
    'Counted as GET /claims/{claimId}/interest shows it. Refused while a half-year has no recorded base rate, and where nothing was added.',
  request: z.strictObject({ claimId: Id, until: Day, dueOn: Day }),
  reply: ClaimView,
  errors: [
    'FINANCE_CLAIM_TRANSITION_NOT_ALLOWED',
    'FINANCE_CLAIM_DATE_INVALID',
    'FINANCE_CLAIM_INTEREST_NOTHING',
    'FINANCE_CLAIM_INTEREST_PROVISIONAL',
    'FINANCE_BASE_RATE_MISSING',
    'FINANCE_PUBLIC_MONEY_RULE_MISSING',
  ],
  ...WRITE,
});

export const deferClaim = operation({
  subject: 'rpc.finance.claim.defer',
  http: { method: 'POST', path: '/claims/{claimId}/deferrals' },
  summary: 'Defer the open amount in instalments (Stundung, BHO 59)',
  request: z.strictObject({
    claimId: Id,
    instalments: z
      .array(z.strictObject({ dueOn: Day, amount: PositiveMoney }))
      .min(1)
      .max(INSTALMENTS_MAX),
    reason: Text(2000),
    consentReference: Line(100).optional(),
  }),
  reply: ClaimView,
  errors: [
    'FINANCE_CLAIM_TRANSITION_NOT_ALLOWED',
    'FINANCE_CLAIM_INSTALMENTS_MISMATCH',
    'FINANCE_CLAIM_CONSENT_MISSING',
    'FINANCE_AMOUNT_CURRENCY_MISMATCH',
  ],
  ...WRITE,
});

const closing = { claimId: Id, reason: Text(2000), consentReference: Line(100).optional() };

export const waiveClaim = operation({
  subject: 'rpc.finance.claim.waive',
  http: { method: 'POST', path: '/claims/{claimId}/waivers' },
  summary: 'Waive the open amount or a part of it (Erlass, BHO 59); a minor claim needs no consent',
  description: 'By another person than the drafter. A part leaves the claim as it is, with less open.',
  request: z.strictObject({
    ...closing,
    amount: PositiveMoney.optional().meta({ description: 'A part; absent: all that is open' }),
  }),
  reply: ClaimView,
  errors: [
    'FINANCE_AMOUNT_CURRENCY_MISMATCH',
    'FINANCE_CLAIM_WAIVER_TOO_HIGH',
    'FINANCE_CLAIM_TRANSITION_NOT_ALLOWED',
    'FINANCE_CLAIM_CONSENT_MISSING',
    'FINANCE_CLAIM_FOUR_EYES',
  ],
  ...WRITE,
});

export const writeOffClaim = operation({
  subject: 'rpc.finance.claim.write-off',
  http: { method: 'POST', path: '/claims/{claimId}/write-offs' },
  summary: 'Write the open amount off without giving up the claim (Niederschlagung, BHO 59)',
  request: z.strictObject(closing),
  reply: ClaimView,
  errors: ['FINANCE_CLAIM_TRANSITION_NOT_ALLOWED', 'FINANCE_CLAIM_CONSENT_MISSING', 'FINANCE_CLAIM_FOUR_EYES'],
  ...WRITE,
});

export const getClaim = operation({
  subject: 'rpc.finance.claim.get',
  http: { method: 'GET', path: '/claims/{claimId}' },
  summary: 'Read a claim',
  request: z.strictObject({ claimId: Id }),
  reply: ClaimView,
  allow: FINANCE_READERS,
});

export const listClaimActions = actionsOf('rpc.finance.claim', '/claims/{claimId}', FINANCE_READERS);

export const listClaims = operation({
  subject: 'rpc.finance.claim.list',
  http: { method: 'GET', path: '/claims' },
  summary: 'List claims, newest first',
  request: z.strictObject({
    ...caseNumberQuery,
    fundId: Id.optional(),
    proofOfUseId: Id.optional(),
    status: csv(ClaimStatus).optional(),
    isOverdue: flag().optional(),
    ...pageQuery,
  }),
  reply: pageOf(ClaimSummary),
  allow: FINANCE_READERS,
});

export const getClaimInterest = operation({
  subject: 'rpc.finance.claim.interest',
  http: { method: 'GET', path: '/claims/{claimId}/interest' },
  summary: 'Interest on the open amount, as of a day (VwVfG 49a (3))',
  description:
    'From `interestFrom`, at 5 points above the base rate, on what was open on each day: a payment lowers the principal from its day on. Split where the base rate changes, rounded once.',
  request: z.strictObject({ claimId: Id, asOf: Day.optional() }),
  reply: z.strictObject({ claimId: Id, asOf: Day, interest: InterestView }).meta({ id: 'ClaimInterestView' }),
  errors: ['FINANCE_BASE_RATE_MISSING', 'FINANCE_PUBLIC_MONEY_RULE_MISSING'],
  allow: FINANCE_READERS,
});
