import { z } from 'zod';
import { actionsOf } from '../action.operations';
import { Money, PositiveMoney } from '../money';
import { operation } from '../operation';
import { grant } from '../roles';
import { Id, Instant, Subject, Text, Version, Written, csv, pageOf, pageQuery } from '../values';
import { FINANCE_READERS, Year } from './fund.operations';

export const BUDGET_CHANGE_KINDS = ['SUPPLEMENT', 'CUT', 'BLOCK', 'BLOCK_LIFTING', 'ENACTMENT'] as const;
export const BudgetChangeKind = z.enum(BUDGET_CHANGE_KINDS).meta({
  id: 'BudgetChangeKind',
  description:
    'SUPPLEMENT raises the plan of a year (Nachtrag, BHO 33), CUT lowers it, BLOCK takes free money out of use (Sperre, BHO 41) until BLOCK_LIFTING, ENACTMENT puts the plan of a provisional year in force.',
});
export type BudgetChangeKind = z.infer<typeof BudgetChangeKind>;

export const BUDGET_CHANGE_STATUSES = ['PROPOSED', 'CONFIRMED', 'REJECTED'] as const;
export const BudgetChangeStatus = z.enum(BUDGET_CHANGE_STATUSES).meta({ id: 'BudgetChangeStatus' });
export type BudgetChangeStatus = z.infer<typeof BudgetChangeStatus>;

export const BudgetChangeView = z
  .strictObject({
    id: Id,
    version: Version,
    fundId: Id,
    year: Year,
    kind: BudgetChangeKind,
    amount: Money.nullable().meta({ description: 'Null for an enactment: it changes no amount' }),
    reason: Written(1000),
    status: BudgetChangeStatus,
    plan: z
      .strictObject({ before: Money, after: Money })
      .nullable()
      .meta({ description: 'The plan of the year at the confirmation; null before it' }),
    proposedBy: Subject,
    proposedAt: Instant,
    decision: z.strictObject({ by: Subject, at: Instant, reason: Written(1000) }).nullable(),
  })
  .meta({
    id: 'BudgetChangeView',
    description: 'A change of the budget of a year, on its way through a second person; never deleted.',
  });
export type BudgetChangeView = z.infer<typeof BudgetChangeView>;

const REFUSALS = [
  'FINANCE_BUDGET_YEAR_UNKNOWN',
  'FINANCE_BUDGET_YEAR_CLOSED',
  'FINANCE_BUDGET_FREE_EXCEEDED',
  'FINANCE_BUDGET_YEAR_IN_FORCE',
] as const;

export const proposeBudgetChange = operation({
  subject: 'rpc.finance.budget-change.propose',
  http: {
    method: 'POST',
    path: '/funds/{fundId}/budget-changes',
    success: 201,
    location: '/budget-changes/{id}',
  },
  summary:
    'Propose a supplement, a cut or a block of the budget of a year, the end of a block, or its entry into force',
  description:
    'It takes effect when another person confirms it. A cut is refused below what is reserved, committed, ordered or paid there, a block above what is free: the refusal says how much is free. Years to come are changed alike: their money is commitment authority (BHO 16, 38).',
  request: z.strictObject({
    fundId: Id,
    year: Year,
    kind: BudgetChangeKind,
    amount: PositiveMoney.optional().meta({ description: 'Required, except for an enactment' }),
    reason: Text(1000),
  }),
  reply: BudgetChangeView,
  errors: [...REFUSALS, 'FINANCE_BUDGET_CHANGE_AMOUNT_INVALID', 'FINANCE_AMOUNT_CURRENCY_MISMATCH'],
  allow: grant('any', 'budget-officer'),
  idempotency: 'required',
});

const CHANGE = '/budget-changes/{changeId}';

export const getBudgetChange = operation({
  subject: 'rpc.finance.budget-change.get',
  http: { method: 'GET', path: CHANGE },
  summary: 'Read a change of a budget',
  request: z.strictObject({ changeId: Id }),
  reply: BudgetChangeView,
  allow: FINANCE_READERS,
});

export const listBudgetChanges = operation({
  subject: 'rpc.finance.budget-change.list',
  http: { method: 'GET', path: '/funds/{fundId}/budget-changes' },
  summary: 'The changes of the budget of a fund, newest first',
  request: z.strictObject({
    fundId: Id,
    year: z.coerce.number().pipe(Year).optional(),
    status: csv(BudgetChangeStatus).optional(),
    ...pageQuery,
  }),
  reply: pageOf(BudgetChangeView),
  allow: FINANCE_READERS,
});

export const listAllBudgetChanges = operation({
  subject: 'rpc.finance.budget-change.list-all',
  http: { method: 'GET', path: '/budget-changes' },
  summary:
    'The changes of the budgets of all funds, newest first; `status=PROPOSED` is what waits for the second person',
  request: z.strictObject({ status: csv(BudgetChangeStatus).optional(), ...pageQuery }),
  reply: pageOf(BudgetChangeView),
  allow: FINANCE_READERS,
});

export const listBudgetChangeActions = actionsOf('rpc.finance.budget-change', CHANGE, FINANCE_READERS);

const decision = {
  request: z.strictObject({ changeId: Id, reason: Text(1000) }),
  reply: BudgetChangeView,
  allow: grant('any', 'budget-officer', 'finance-officer'),
  idempotency: 'required',
  precondition: 'required',
} as const;

export const confirmBudgetChange = operation({
  subject: 'rpc.finance.budget-change.confirm',
  http: { method: 'POST', path: `${CHANGE}/confirmations` },
  summary: 'Confirm a change of the budget: it takes effect',
  description:
    'By another person than the one who proposed it. A cut takes what was not released first, then free money: BUDGET_CUT, available -> external. A block moves available -> blocked.',
  ...decision,
  errors: ['FINANCE_BUDGET_CHANGE_DECIDED', 'FINANCE_BUDGET_CHANGE_FOUR_EYES', ...REFUSALS],
});

export const rejectBudgetChange = operation({
  subject: 'rpc.finance.budget-change.reject',
  http: { method: 'POST', path: `${CHANGE}/rejections` },
  summary: 'Reject or withdraw a change of the budget that was not confirmed',
  ...decision,
  errors: ['FINANCE_BUDGET_CHANGE_DECIDED'],
});
