import { createDataSource } from '#database';
import { financeMigrations } from '../migrations';
import { Commitment } from './commitments/commitment.entity';
import { loadExchangeRates } from './exchange-rates/exchange-rate.data';
import { Fund } from './funds/fund.entity';
import { Payee } from './payees/payee.entity';
import { PaymentRun } from './payment-runs/payment-run.entity';
import { Payout } from './payouts/payout.entity';
import { Webhook } from './webhooks/webhook.entity';

/** The finance schema: entities, migrations, and which refusal each constraint stands for. */
export const financeDataSource = createDataSource({
  service: 'finance',
  entities: [Commitment, Fund, Payee, PaymentRun, Payout, Webhook],
  migrations: financeMigrations,
  loadReferenceData: loadExchangeRates,
  constraints: {
    ck_budget_year_released: 'FINANCE_RELEASE_ABOVE_PLAN',
    ck_commitment_year_open: 'FINANCE_LEDGER_NOT_COVERED',
    ck_ledger_account_covered: 'FINANCE_LEDGER_NOT_COVERED',
    ck_payout_booked_by: 'FINANCE_PAYOUT_FOUR_EYES',
    ck_payout_four_eyes: 'FINANCE_PAYOUT_FOUR_EYES',
    fk_carry_over_to: 'FINANCE_BUDGET_YEAR_UNKNOWN',
    fk_commitment_year_budget_year: 'FINANCE_BUDGET_YEAR_UNKNOWN',
    fk_journal_line_account: 'FINANCE_BUDGET_YEAR_UNKNOWN',
    uq_journal_entry_reference: 'FINANCE_ENTRY_ALREADY_POSTED',
    uq_journal_entry_reverses: 'FINANCE_ENTRY_ALREADY_POSTED',
    uq_payee_expert: 'FINANCE_PAYEE_EXISTS',
    uq_payee_municipality: 'FINANCE_PAYEE_EXISTS',
  },
});
