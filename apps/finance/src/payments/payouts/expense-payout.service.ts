import { Injectable } from '@nestjs/common';
import { fieldError } from '#contracts';
import type { CostCategory, PayeeKind } from '#contracts/finance';
import type { Tx } from '#database';
import { type Call, Clock, newId } from '#platform';
import { ExpenseCommitmentService } from '../../commitments/commitments/expense-commitment.service';
import { PayoutPlanService } from './payout-plan.service';
import { IN_LEDGER_CURRENCY, Payout, UNTOUCHED } from './payout.entity';

/** What is to be paid once, and to whom. */
export interface ExpensePayment {
  /** Of the invoice or claim; its commitment gets the same. */
  readonly id: string;
  readonly source: 'INVOICE' | 'TRAVEL';
  readonly fundId: string;
  readonly budgetYear: number;
  readonly category: CostCategory;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly dueOn: string;
  readonly assignmentId: string | null;
  readonly creditorReference: string | null;
  /** What it pays; with payee and amount the same, two of them are a suspected duplicate. */
  readonly reference: string;
  /** What the payee reads on the payment. */
  readonly purpose: string;
  readonly payee: {
    readonly id: string;
    readonly kind: PayeeKind;
    readonly expertId: string | null;
    readonly municipalityId: string | null;
  };
}

/** Pays an expense by a payout like any other: its money is bound, and it waits for the four acts. */
@Injectable()
export class ExpensePayoutService {
  constructor(
    private readonly commitments: ExpenseCommitmentService,
    private readonly plans: PayoutPlanService,
    private readonly clock: Clock,
  ) {}

  async pay(tx: Tx, expense: ExpensePayment, call: Call): Promise<void> {
    const { id, fundId, budgetYear, category, amountMinor, currency, payee } = expense;
    const { expertId } = payee;
    await this.commitments.bind(
      tx,
      { id, fundId, year: budgetYear, category, amountMinor, currency, expertId },
      call.correlationId,
    );
    const payout = Object.assign(new Payout(), {
      id: newId(),
      version: 1,
      commitmentId: id,
      assignmentId: expense.assignmentId,
      fundId,
      source: expense.source,
      instalment: 1,
      reference: expense.reference,
      purpose: expense.purpose,
      creditorReference: expense.creditorReference,
      category,
      budgetYear,
      amountMinor,
      currency,
      ...IN_LEDGER_CURRENCY,
      dueOn: expense.dueOn,
      requiredReports: 0,
      payeeKind: payee.kind,
      payeeOwnerId: payee.expertId ?? payee.municipalityId ?? payee.id,
      payeeId: null,
      status: 'PLANNED' as const,
      ...UNTOUCHED,
      createdAt: this.clock.now(),
      attempt: 1,
      reissueOf: null,
    });
    await this.plans.addDue(tx, payout);
  }

  /** FINANCE_EXPENSE_ASSIGNMENT_UNKNOWN for an assignment that never asked for money here. */
  async assertAssignmentKnown(tx: Tx, assignmentId: string | undefined): Promise<void> {
    if (assignmentId === undefined) return;
    const known = await this.commitments.knows(tx, assignmentId);
    if (!known) throw fieldError('FINANCE_EXPENSE_ASSIGNMENT_UNKNOWN', '#/assignmentId', 'is not known to finance');
  }

  /** The expert and the fund of an assignment that is covered; the same refusal where it is not for the caller to name. */
  async assignmentCovered(
    tx: Tx,
    assignmentId: string,
    isAllowed: (expertId: string) => boolean,
  ): Promise<{ expertId: string; fundId: string }> {
    const covered = await this.commitments.covered(tx, assignmentId);
    if (covered && isAllowed(covered.expertId)) return covered;
    throw fieldError('FINANCE_EXPENSE_ASSIGNMENT_UNKNOWN', '#/assignmentId', 'is not covered by a fund here');
  }
}
