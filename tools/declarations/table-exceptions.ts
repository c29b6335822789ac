interface SharedTable {
  readonly writers: readonly string[];
  readonly why: string;
}

/** Tables that more than one feature writes, and why; any other table has one owner. */
export const SHARED_TABLES: Readonly<Record<string, SharedTable>> = {
  'partnership.$': {
    writers: ['reference.data.ts'],
    why: 'fills each table of the shipped reference data after the migrations',
  },
};

interface ReadsPastOwners {
  readonly why: string;
  /** By file, the tables of other features that its statements name. */
  readonly of: Readonly<Record<string, string>>;
}

/**
 * Statements that read another feature's tables, and why they do not ask its reader (`<feature>/<x>.reader.ts`). What could ask and
 * does not yet stands last: nothing is to be added there.
 */
export const READS_PAST_OWNERS: readonly ReadsPastOwners[] = [
  {
    why: 'A report, an export or a check that joins what several features keep, as it was at one moment',
    of: {
      'events/src/mails/mail.reader.ts': 'participant event',
      'finance/src/bank/bank-entries/reconciliation.service.ts': 'fund',
      'finance/src/bank/bank-entries/reconciliation.rows.ts':
        'claim_payment claim_payment_outcome journal_entry payment_run payout payout_return payout_voided_order',
      'finance/src/bank/bank-entries/account-period.rows.ts': 'fund',
      'finance/src/budget/fund-statements/fund-statement.reader.ts': 'journal_entry',
      'finance/src/budget/fund-statements/fund-movements.reader.ts': 'journal_entry journal_line',
      'finance/src/budget/ledger/stored-amounts.rows.ts':
        'fund payout payout_exchange_difference commitment commitment_year bank_statement bank_entry bank_message',
      'finance/src/outlets/exports/fund-statement.service.ts': 'journal_entry journal_line',
      'finance/src/outlets/fund-courses/fund-course.reader.ts': 'journal_entry journal_line payout',
      'finance/src/outlets/audit-folders/folder-evidence.reader.ts':
        'payout payout_block payout_return payout_cancellation payout_exchange_difference payee commitment commitment_plan commitment_year payment_run payment_run_item payment_run_file transfer bank_match bank_entry bank_message payment_answer proof_of_use proof_receipt journal_entry journal_line',
      'finance/src/outlets/simulations/simulation.reader.ts':
        'budget_year ledger_account payout commitment commitment_plan municipality_copy',
      'finance/src/commitments/commitments/commitment.reader.ts': 'payout',
      'finance/src/outlets/exports/journal.reader.ts': 'journal_entry journal_line fund payout bank_match',
      'finance/src/outlets/exports/bank-booking.reader.ts':
        'journal_entry journal_line bank_match bank_entry payment_run_item payout payee fund',
      'finance/src/payments/payment-runs/payable.service.ts': 'payout commitment municipality_copy',
      'finance/src/payments/payouts/payout-hold.service.ts': 'commitment',
      'finance/src/payments/payouts/payout-return.reader.ts': 'bank_account_change',
      'finance/src/public-money/drawdowns/drawdown-use.service.ts': 'payout payment_run_item payout_return',
      'partnership/src/publishing/portfolio.reader.ts':
        'municipality municipality_identifier partnership partnership_participant partnership_field',
      'partnership/src/publishing/publication.reader.ts':
        'partnership municipality assignment_copy assignment_step_copy commitment_copy payment_copy',
      'partnership/src/results/result-filter.rows.ts': 'partnership_participant municipality',
      'partnership/src/results/result.messages.ts': 'project',
      'partnership/src/projects/project.messages.ts': 'municipality',
      'partnership/src/eligibility/eligibility.service.ts':
        'partnership_participant municipality partnership partnership_status_change agreement',
    },
  },
  {
    why: 'Whose an object is, or on which side a person stands, is decided with the object in one statement',
    of: {
      'finance/src/payments/payouts/payout.act.ts': 'commitment',
      'finance/src/public-money/proofs-of-use/proof-of-use.act.ts': 'commitment',
      'partnership/src/participation.rows.ts': 'partnership_participant',
      'partnership/src/results/result.service.ts': 'project',
      'staffing/src/experts/expert.act.ts': 'assignment',
      'staffing/src/participants.rows.ts': 'partnership_participant_copy',
      'staffing/src/reports/report.act.ts': 'assignment',
      'staffing/src/reports/report.reader.ts': 'assignment',
      'staffing/src/reports/report.service.ts': 'assignment partnership_participant_copy',
    },
  },
  {
    why: 'Thousands of rows are compared in the database; asking the owner for them first would carry them here and back',
    of: {
      'events/src/registrations/participant-retention.service.ts': 'event',
      'finance/src/bank/bank-entries/payment-item.reader.ts': 'payment_run payout payee payout_return budget_year',
      'finance/src/bank/bank-entries/repeat-store.service.ts': 'payment_run payment_run_item',
      'finance/src/bank/bank-messages/bank-message.reader.ts': 'payment_answer',
      'finance/src/bank/payment-answers/bank-answer.service.ts': 'bank_entry bank_transaction',
      'finance/src/bank/payment-answers/payment-answer.reader.ts': 'payment_run_item',
      'finance/src/payments/payees/payee-screening.service.ts': 'screening',
      'finance/src/payments/payment-runs/payment-run-settlement.service.ts': 'payout',
      'finance/src/payments/payment-runs/transfer.reader.ts': 'payout',
      'finance/src/payments/payouts/gates.rows.ts': 'payee',
      'finance/src/payments/payouts/order.rows.ts': 'payee',
      'finance/src/payments/sanctions/screening.reader.ts': 'payee',
      'finance/src/public-money/proofs-of-use/proven-use.reader.ts': 'claim',
    },
  },
  {
    why: 'A fact that the owner could tell, and is not asked for yet',
    of: {
      'finance/src/bank/bank-entries/bank-entry-dismissal.service.ts': 'fund',
      'finance/src/bank/bank-entries/bank-entry.service.ts': 'payment_run',
      'finance/src/bank/bank-messages/bank-message.service.ts': 'bank_entry',
      'finance/src/budget/funds/fund.service.ts': 'ledger_account carry_over budget_year journal_line journal_entry',
      'finance/src/commitments/commitments/category-lines.rows.ts': 'payout',
      'finance/src/commitments/commitments/fund-cover.service.ts': 'budget_year',
      'finance/src/commitments/commitments/replanning.service.ts': 'budget_year',
      'finance/src/payments/payouts/instalment-payout.service.ts': 'commitment',
      'finance/src/payments/payouts/payout-plan.service.ts': 'assignment_copy commitment',
      'finance/src/public-money/proofs-of-use/proof-of-use.service.ts': 'commitment',
      'finance/src/public-money/repayment-claims/repayment.service.ts': 'proof_of_use journal_entry',
      'partnership/src/municipalities/municipality.rows.ts': 'partnership_participant',
      'finance/src/public-money/repayment-claims/repayment-claim.rows.ts': 'bank_receipt',
      'partnership/src/partnerships/partnership-change.service.ts': 'municipality project',
      'partnership/src/places/place.service.ts': 'municipality_identifier',
      'partnership/src/partnerships/partnership.rows.ts': 'municipality',
      'partnership/src/partnerships/partnership.service.ts': 'municipality',
      'partnership/src/register/register.service.ts': 'municipality',
    },
  },
];
