/** Tables that more than one feature writes, and why; any other table has one owner. */
export const SHARED_TABLES: Readonly<Record<string, { readonly writers: readonly string[]; readonly why: string }>> = {
  'finance.budget_year': {
    writers: ['budget-years', 'funds'],
    why: 'a fund opens and fills its years; closing them is a feature of its own',
  },
  'finance.ledger_account': {
    writers: ['funds', 'ledger'],
    why: 'a year is opened with its accounts, in the transaction of the fund',
  },
  'finance.payment_run': {
    writers: ['bank-entries', 'payment-runs'],
    why: 'what the bank booked settles the run',
  },
  'partnership.$': {
    writers: ['reference-data.ts'],
    why: 'fills each table of the shipped reference data after the migrations',
  },
};
