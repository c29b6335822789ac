import { Injectable } from '@nestjs/common';
import type { CostCategory } from '#contracts/finance';
import type { Tx } from '#database';
import { Clock } from '#platform';
import { Ledger, move } from '../../budget/ledger/ledger.service';
import { bindYears } from './commitment-years.service';

/** What is paid once and for no plan: an invoice, a claim of travel costs. */
export interface Expense {
  /** Of the invoice or claim: the commitment has the same. */
  readonly id: string;
  readonly fundId: string;
  readonly year: number;
  readonly category: CostCategory;
  readonly amountMinor: bigint;
  readonly currency: string;
  /** Whose it is, where somebody outside may see it. */
  readonly expertId: string | null;
}

/**
 * Binds money for an expense at once: it is owed, so there is nothing to reserve. Its commitment has no assignment and no plan; what
 * draws on it, gives it back and carries it over is the same as for an assignment. FINANCE_LEDGER_NOT_COVERED where the year does not
 * hold it, FINANCE_BUDGET_YEAR_UNKNOWN and FINANCE_BUDGET_YEAR_CLOSED where it takes nothing. A year that is managed before its plan is
 * in force takes it: what was delivered and is owed, is paid (Art. 111 GG). Source: BHO 38, 70.
 */
@Injectable()
export class ExpenseCommitmentService {
  constructor(
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /** Whether an assignment has ever asked for money. */
  async knows(tx: Tx, assignmentId: string): Promise<boolean> {
    return (await tx.query('SELECT FROM commitment WHERE assignment_id = $1 LIMIT 1', [assignmentId])).length > 0;
  }

  /** The expert of an assignment that a fund covered, and the fund: the latest commitment that was ever firm. */
  async covered(tx: Tx, assignmentId: string): Promise<{ expertId: string; fundId: string } | undefined> {
    const [found] = await tx.query<{ expertId: string; fundId: string }>(
      `SELECT expert_id, fund_id FROM commitment WHERE assignment_id = $1 AND status IN ('COMMITTED', 'RELEASED')
       ORDER BY attempt DESC LIMIT 1`,
      [assignmentId],
    );
    return found;
  }

  async bind(tx: Tx, expense: Expense, correlationId: string): Promise<void> {
    const { id, fundId, year, category, amountMinor } = expense;
    const today = this.clock.today();
    await tx.execute(INSERT, [
      id,
      fundId,
      expense.expertId,
      today,
      expense.currency,
      amountMinor.toString(),
      this.clock.now(),
    ]);
    await bindYears(tx, { id, fundId }, [{ year, amountMinor }]);
    await this.ledger.post(tx, {
      fundId,
      kind: 'EXPENSE_COMMITTED',
      reference: id,
      effectiveOn: today,
      correlationId,
      lines: move(year, amountMinor, { from: 'available', to: 'committed', category }),
    });
  }
}

const INSERT = `
INSERT INTO commitment (id, version, attempt, fund_id, expert_id, period_from, period_to, agreed_to, status, currency, total_minor,
  created_at) VALUES ($1, 1, 1, $2, $3, $4::date, $4::date + 1, $4::date + 1, 'COMMITTED', $5, $6, $7)`;
