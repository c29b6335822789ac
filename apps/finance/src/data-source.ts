import { createDataSource } from '#database';
import { Document, documentsMigrations } from '#documents';
import { messagingMigrations } from '#messaging';
import { loadRules, RuleProposal, rulesMigrations } from '#rules';
import { migrations } from '../migrations';
import { RepaymentClaim } from './public-money/repayment-claims/repayment-claim.entity';
import { Commitment } from './commitments/commitments/commitment.entity';
import { Drawdown } from './public-money/drawdowns/drawdown.entity';
import { ExchangeRateProposal } from './commitments/exchange-rates/exchange-rate-proposal.entity';
import { loadExchangeRates } from './commitments/exchange-rates/exchange-rate.data';
import { BudgetChange } from './budget/budget-years/budget-change.entity';
import { Fund } from './budget/funds/fund.entity';
import { BankEntry } from './bank/bank-entries/bank-entry.entity';
import { BankEntryDismissal } from './bank/bank-entries/bank-entry-dismissal.entity';
import { BankAccountChange } from './payments/payees/bank-account-change.entity';
import { PaymentAnswer } from './bank/payment-answers/payment-answer.entity';
import { Payee } from './payments/payees/payee.entity';
import { PaymentRun } from './payments/payment-runs/payment-run.entity';
import { Payout } from './payments/payouts/payout.entity';
import { ProofOfUse } from './public-money/proofs-of-use/proof-of-use.entity';
import { SupplierInvoice } from './payments/invoices/supplier-invoice.entity';
import { TravelClaim } from './payments/travel-claims/travel-claim.entity';
import { SanctionsList } from './payments/sanctions/sanctions-list.entity';
import { Screening } from './payments/sanctions/screening.entity';
import { FINANCE_RULE_FILES } from './rule-files';
import { Webhook } from './outlets/webhooks/webhook.entity';

/** The finance schema: entities, migrations, and which refusal each constraint stands for. */
export const financeDataSource = createDataSource({
  service: 'finance',
  entities: [
    BankAccountChange,
    BankEntry,
    BankEntryDismissal,
    SanctionsList,
    SupplierInvoice,
    TravelClaim,
    Screening,
    BudgetChange,
    Commitment,
    Document,
    ExchangeRateProposal,
    Fund,
    Payee,
    PaymentAnswer,
    PaymentRun,
    Payout,
    RepaymentClaim,
    Drawdown,
    ProofOfUse,
    RuleProposal,
    Webhook,
  ],
  migrations: [...messagingMigrations, ...documentsMigrations, ...migrations, ...rulesMigrations],
  loadReferenceData: async (tx) => {
    await loadRules(tx, 'finance', FINANCE_RULE_FILES);
    await loadExchangeRates(tx);
  },
  constraints: {
    ck_claim_four_eyes: 'FINANCE_CLAIM_FOUR_EYES',
    ck_proof_of_use_four_eyes: 'FINANCE_PROOF_FOUR_EYES',
    uq_base_rate_corrects: 'FINANCE_BASE_RATE_EXISTS',
    uq_base_rate_valid_from: 'FINANCE_BASE_RATE_EXISTS',
    uq_exchange_rate_corrects: 'FINANCE_EXCHANGE_RATE_EXISTS',
    uq_exchange_rate_source: 'FINANCE_EXCHANGE_RATE_EXISTS',
    uq_exchange_rate_proposal_source: 'FINANCE_EXCHANGE_RATE_EXISTS',
    ck_exchange_rate_proposal_four_eyes: 'FINANCE_EXCHANGE_RATE_FOUR_EYES',
    uq_proof_receipt_content: 'FINANCE_PROOF_RECEIPT_DUPLICATE',
    uq_proof_receipt_sha256: 'FINANCE_PROOF_RECEIPT_DUPLICATE',
    ck_bank_account_change_four_eyes: 'FINANCE_BANK_ACCOUNT_CHANGE_FOUR_EYES',
    uq_bank_account_change_open: 'FINANCE_BANK_ACCOUNT_CHANGE_PENDING',
    uq_sanctions_list_sha256: 'FINANCE_SANCTIONS_LIST_EXISTS',
    ck_budget_change_four_eyes: 'FINANCE_BUDGET_CHANGE_FOUR_EYES',
    ck_budget_year_released: 'FINANCE_RELEASE_ABOVE_PLAN',
    ck_commitment_year_open: 'FINANCE_LEDGER_NOT_COVERED',
    ck_ledger_account_covered: 'FINANCE_LEDGER_NOT_COVERED',
    ck_payment_answer_four_eyes: 'FINANCE_PAYMENT_ANSWER_FOUR_EYES',
    ck_payment_run_four_eyes: 'FINANCE_PAYMENT_RUN_FOUR_EYES',
    ck_payout_booked_by: 'FINANCE_PAYOUT_FOUR_EYES',
    ck_payout_four_eyes: 'FINANCE_PAYOUT_FOUR_EYES',
    ck_screening_four_eyes: 'FINANCE_SCREENING_FOUR_EYES',
    ck_payout_second_order: 'FINANCE_PAYOUT_FOUR_EYES',
    ck_payout_release: 'FINANCE_PAYOUT_FOUR_EYES',
    ck_payout_block_four_eyes: 'FINANCE_PAYOUT_FOUR_EYES',
    ck_payout_order_bound: 'FINANCE_PAYOUT_ORDER_OUTDATED',
    ck_bank_entry_dismissal_four_eyes: 'FINANCE_BANK_ENTRY_DISMISSAL_FOUR_EYES',
    fk_bank_entry_dismissal_budget_year: 'FINANCE_BUDGET_YEAR_UNKNOWN',
    uq_bank_entry_dismissal_open: 'FINANCE_BANK_ENTRY_DISMISSAL_PENDING',
    fk_carry_over_to: 'FINANCE_BUDGET_YEAR_UNKNOWN',
    fk_claim_payment_budget_year: 'FINANCE_BUDGET_YEAR_UNKNOWN',
    fk_commitment_year_budget_year: 'FINANCE_BUDGET_YEAR_UNKNOWN',
    fk_journal_line_account: 'FINANCE_BUDGET_YEAR_UNKNOWN',
    uq_journal_entry_reference: 'FINANCE_ENTRY_ALREADY_POSTED',
    uq_journal_entry_reverses: 'FINANCE_ENTRY_ALREADY_POSTED',
    uq_payee_expert: 'FINANCE_PAYEE_EXISTS',
    uq_payee_municipality: 'FINANCE_PAYEE_EXISTS',
  },
});
