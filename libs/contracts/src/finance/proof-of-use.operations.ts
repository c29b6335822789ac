import { z } from 'zod';
import { actionsOf } from '../action.operations';
import { Money, PositiveMoney } from '../money';
import { operation } from '../operation';
import { grant } from '../roles';
import {
  CurrencyCode,
  Day,
  Id,
  Instant,
  Line,
  Period,
  Text,
  Version,
  csv,
  pageOf,
  pageQuery,
  Written,
  Subject,
  Sha256,
} from '../values';
import { ClaimGround } from './claim.operations';
import { FINANCE_READERS_OR_OWN } from './commitment.operations';
import { COST_CATEGORIES, CostCategory } from './cost-plan.operations';
import { RuleSet } from './public-money-rule.operations';

export const PROOF_STATUSES = [
  'OPEN',
  'SUBMITTED',
  'IN_CHECK',
  'QUERIES',
  'ACCEPTED',
  'ACCEPTED_WITH_CLAIM',
  'REJECTED',
] as const;
export const ProofStatus = z.enum(PROOF_STATUSES).meta({ id: 'ProofOfUseStatus' });
export type ProofStatus = z.infer<typeof ProofStatus>;

export const ProofKind = z.enum(['INTERIM', 'FINAL']).meta({ id: 'ProofOfUseKind' });
export type ProofKind = z.infer<typeof ProofKind>;

export const ProofCheck = z
  .strictObject({
    check: z.enum(['TOTAL_WITHIN_PLAN', 'ITEM_WITHIN_TOLERANCE', 'OWN_SHARE', 'INVENTORY', 'IN_TIME']),
    verdict: z.enum(['PASSED', 'EXPLAINED', 'FAILED']),
    category: CostCategory.nullable(),
    ruleId: Written(200).nullable(),
    detail: Written(300),
  })
  .meta({ id: 'ProofOfUseCheck' });
export type ProofCheck = z.infer<typeof ProofCheck>;

const ReceiptFields = {
  number: Line(60).meta({ description: 'Number on the receipt' }),
  sha256: Sha256.meta({ description: 'Of the scanned receipt' }),
  payee: Line(140),
  category: CostCategory,
  paidOn: Day,
};

export const ProofReceipt = z
  .strictObject({
    ...ReceiptFields,
    amount: PositiveMoney.meta({ description: 'As on the receipt, in its own currency' }),
    exchangeRateId: Id.optional().meta({ description: 'The rate used, for a receipt that is not in EUR' }),
    documentId: Id.optional().meta({ description: 'The scanned receipt, kept before with POST /v1/documents' }),
  })
  .meta({ id: 'ProofOfUseReceipt' });
export type ProofReceipt = z.infer<typeof ProofReceipt>;

export const InventoryItem = z
  .strictObject({
    number: Line(60).meta({ description: 'Inventory number' }),
    name: Line(140),
    value: PositiveMoney.meta({ description: 'Net value in the currency of the fund' }),
    acquiredOn: Day,
    receiptNumber: Line(60),
    location: Line(100),
  })
  .meta({ id: 'ProofOfUseInventoryItem' });
export type InventoryItem = z.infer<typeof InventoryItem>;

// Together they fit one request and one answer, in any script.
const NARRATIVE_MAX = 20_000;
const RECEIPTS_MAX = 500;
const INVENTORY_MAX = 100;
const LINES_MAX = COST_CATEGORIES.length;
const REMARK_MAX = 3_000;
/** Queries, answers and decisions that one answer shows. */
export const REMARKS_SHOWN = 9;

export const ProofOfUseView = z
  .strictObject({
    id: Id,
    version: Version,
    fundId: Id,
    commitmentId: Id.nullable(),
    municipalityId: Id.nullable(),
    kind: ProofKind,
    ruleSet: RuleSet,
    period: Period,
    dueOn: Day,
    dueRuleId: Written(200),
    status: ProofStatus,
    currency: CurrencyCode,
    lines: z
      .array(
        z.strictObject({
          category: CostCategory,
          planned: Money,
          actual: Money.nullable(),
          explanation: Written(2000).nullable(),
        }),
      )
      .max(LINES_MAX),
    ownShare: z.strictObject({ planned: Money, actual: Money.nullable() }),
    narrative: Written(NARRATIVE_MAX).nullable(),
    receipts: z
      .array(
        z.strictObject({
          ...ReceiptFields,
          amount: Money,
          exchangeRateId: Id.nullable(),
          documentId: Id.nullable().meta({
            description: 'The scanned receipt; null: the sha256 of it alone was given',
          }),
          amountEur: Money.meta({ description: 'Converted with all decimals of the rate, rounded once' }),
        }),
      )
      .max(RECEIPTS_MAX),
    inventory: z.array(InventoryItem).max(INVENTORY_MAX),
    checks: z.array(ProofCheck).max(20),
    dialogue: z
      .array(
        z.strictObject({
          kind: z.enum(['QUERY', 'ANSWER', 'DECISION']),
          by: Subject,
          at: Instant,
          text: Written(REMARK_MAX),
        }),
      )
      .max(REMARKS_SHOWN)
      .meta({ description: `The latest ${REMARKS_SHOWN}, oldest first` }),
    submittedBy: Subject.nullable(),
    submittedAt: Instant.nullable(),
    checkedBy: Subject.nullable(),
    claimId: Id.nullable(),
    createdAt: Instant,
  })
  .meta({
    id: 'ProofOfUseView',
    description:
      'Verwendungsnachweis: narrative report and numerical statement, plan beside actual (docs/domain.md#proof-of-use).',
  });
export type ProofOfUseView = z.infer<typeof ProofOfUseView>;

export const ProofOfUseSummary = ProofOfUseView.pick({
  id: true,
  version: true,
  fundId: true,
  commitmentId: true,
  municipalityId: true,
  kind: true,
  ruleSet: true,
  period: true,
  dueOn: true,
  status: true,
  claimId: true,
  createdAt: true,
}).meta({ id: 'ProofOfUseSummary' });
export type ProofOfUseSummary = z.infer<typeof ProofOfUseSummary>;

export const createProofOfUse = operation({
  subject: 'rpc.finance.proof-of-use.create',
  http: { method: 'POST', path: '/proofs-of-use', success: 201, location: '/proofs-of-use/{id}', putById: true },
  summary: 'Ask for a proof of use of a period, with the plan it will be held against',
  description:
    'The due date follows the rule set: an interim proof by a day of the next year, a final one some months after the end of the period. With a commitment, the municipality that employs the expert submits it.',
  request: z.strictObject({
    id: Id.optional(),
    fundId: Id,
    commitmentId: Id.optional(),
    kind: ProofKind,
    ruleSet: RuleSet,
    period: Period,
    plan: z
      .array(z.strictObject({ category: CostCategory, planned: PositiveMoney }))
      .min(1)
      .max(LINES_MAX),
    ownSharePlanned: Money.optional(),
  }),
  reply: ProofOfUseView,
  errors: [
    'FINANCE_AMOUNT_CURRENCY_MISMATCH',
    'FINANCE_PROOF_COMMITMENT_MISMATCH',
    'FINANCE_PROOF_PLAN_REPEATED',
    'FINANCE_PUBLIC_MONEY_RULE_MISSING',
    'PLATFORM_RESOURCE_EXISTS',
  ],
  allow: grant('any', 'programme-officer', 'finance-officer'),
  idempotency: 'required',
});

export const submitProofOfUse = operation({
  subject: 'rpc.finance.proof-of-use.submit',
  http: { method: 'POST', path: '/proofs-of-use/{proofOfUseId}/submissions' },
  summary: 'Submit narrative, actual amounts, receipts and inventory',
  description:
    'Refused: a receipt that was accounted for anywhere before (same file, or same number, amount and payee), one paid outside the period, receipts that do not add up to the actual amounts, and a category above its plan by more than the tolerance (20 %) without explanation. Other faults are listed as checks.',
  request: z.strictObject({
    proofOfUseId: Id,
    narrative: Text(NARRATIVE_MAX),
    actual: z
      .array(z.strictObject({ category: CostCategory, actual: Money, explanation: Text(2000).optional() }))
      .min(1)
      .max(LINES_MAX),
    ownShareActual: Money.optional(),
    receipts: z.array(ProofReceipt).max(RECEIPTS_MAX),
    inventory: z.array(InventoryItem).max(INVENTORY_MAX).default([]),
  }),
  reply: ProofOfUseView,
  errors: [
    'FINANCE_AMOUNT_CURRENCY_MISMATCH',
    'FINANCE_PROOF_ACTUAL_INVALID',
    'FINANCE_PROOF_EXPLANATION_MISSING',
    'FINANCE_PROOF_RECEIPTS_MISMATCH',
    'FINANCE_PROOF_RECEIPT_DOCUMENT_MISMATCH',
    'FINANCE_PROOF_RECEIPT_DUPLICATE',
    'PLATFORM_DOCUMENT_UNKNOWN',
    'PLATFORM_DOCUMENT_IN_USE',
    'FINANCE_PROOF_RECEIPT_OUTSIDE_PERIOD',
    'FINANCE_PROOF_RECEIPT_RATE_INVALID',
    'FINANCE_PUBLIC_MONEY_RULE_MISSING',
    'FINANCE_PROOF_TRANSITION_NOT_ALLOWED',
  ],
  allow: { ...grant('any', 'programme-officer'), ...grant('own', 'municipality-partner') },
  idempotency: 'required',
  precondition: 'required',
});

const CHECKER = {
  allow: grant('any', 'finance-officer'),
  idempotency: 'optional',
  precondition: 'required',
} as const;

export const startProofCheck = operation({
  subject: 'rpc.finance.proof-of-use.start-check',
  http: { method: 'POST', path: '/proofs-of-use/{proofOfUseId}/checks' },
  summary: 'Begin the check, by another person than the submitter',
  request: z.strictObject({ proofOfUseId: Id }),
  reply: ProofOfUseView,
  errors: ['FINANCE_PROOF_TRANSITION_NOT_ALLOWED', 'FINANCE_PROOF_FOUR_EYES'],
  ...CHECKER,
});

export const queryProofOfUse = operation({
  subject: 'rpc.finance.proof-of-use.query',
  http: { method: 'POST', path: '/proofs-of-use/{proofOfUseId}/queries' },
  summary: 'Ask the submitter something',
  request: z.strictObject({ proofOfUseId: Id, text: Text(REMARK_MAX) }),
  reply: ProofOfUseView,
  errors: ['FINANCE_PROOF_TRANSITION_NOT_ALLOWED', 'FINANCE_PROOF_FOUR_EYES'],
  ...CHECKER,
});

export const answerProofQuery = operation({
  subject: 'rpc.finance.proof-of-use.answer',
  http: { method: 'POST', path: '/proofs-of-use/{proofOfUseId}/answers' },
  summary: 'Answer the queries; the check goes on',
  request: z.strictObject({ proofOfUseId: Id, text: Text(REMARK_MAX) }),
  reply: ProofOfUseView,
  errors: ['FINANCE_PROOF_TRANSITION_NOT_ALLOWED'],
  allow: { ...grant('any', 'programme-officer'), ...grant('own', 'municipality-partner') },
  idempotency: 'optional',
  precondition: 'required',
});

export const acceptProofOfUse = operation({
  subject: 'rpc.finance.proof-of-use.accept',
  http: { method: 'POST', path: '/proofs-of-use/{proofOfUseId}/acceptances' },
  summary: 'Accept the proof, with a claim for repayment where money is to come back',
  description: 'With a failed check, acceptance without a claim needs a reason. The claim is drafted in the same act.',
  request: z.strictObject({
    proofOfUseId: Id,
    reason: Text(2000).optional(),
    claim: z
      .strictObject({
        debtorName: Line(140),
        ground: ClaimGround,
        reason: Text(4000),
        amount: PositiveMoney,
        interestFrom: Day,
      })
      .optional(),
  }),
  reply: ProofOfUseView,
  errors: [
    'FINANCE_PROOF_TRANSITION_NOT_ALLOWED',
    'FINANCE_PROOF_FOUR_EYES',
    'FINANCE_PROOF_CHECK_FAILED',
    'FINANCE_AMOUNT_CURRENCY_MISMATCH',
  ],
  ...CHECKER,
  idempotency: 'required',
});

export const rejectProofOfUse = operation({
  subject: 'rpc.finance.proof-of-use.reject',
  http: { method: 'POST', path: '/proofs-of-use/{proofOfUseId}/rejections' },
  summary: 'Reject the proof with a reason',
  request: z.strictObject({ proofOfUseId: Id, reason: Text(2000) }),
  reply: ProofOfUseView,
  errors: ['FINANCE_PROOF_TRANSITION_NOT_ALLOWED', 'FINANCE_PROOF_FOUR_EYES'],
  ...CHECKER,
});

export const getProofOfUse = operation({
  subject: 'rpc.finance.proof-of-use.get',
  http: { method: 'GET', path: '/proofs-of-use/{proofOfUseId}' },
  summary: 'Read a proof of use',
  request: z.strictObject({ proofOfUseId: Id }),
  reply: ProofOfUseView,
  allow: FINANCE_READERS_OR_OWN,
});

export const listProofOfUseActions = actionsOf(
  'rpc.finance.proof-of-use',
  '/proofs-of-use/{proofOfUseId}',
  FINANCE_READERS_OR_OWN,
);

export const listProofsOfUse = operation({
  subject: 'rpc.finance.proof-of-use.list',
  http: { method: 'GET', path: '/proofs-of-use' },
  summary: 'List proofs of use, earliest due first',
  request: z.strictObject({
    fundId: Id.optional(),
    commitmentId: Id.optional(),
    status: csv(ProofStatus).optional(),
    dueOnTo: Day.optional(),
    ...pageQuery,
  }),
  reply: pageOf(ProofOfUseSummary),
  allow: FINANCE_READERS_OR_OWN,
});
