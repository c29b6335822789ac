import type { PaymentRuleView } from '#contracts/finance';

/**
 * The controls before a payment, as dated rows with their source. A change is a new row with its own validity. The values marked
 * PROPOSAL have to be set by the fund's own instruction (Dienstanweisung) before real use.
 */
export const PAYMENT_RULES: readonly PaymentRuleView[] = [
  {
    id: 'SECOND-SIGNATURE-2020',
    key: 'second-signature-from',
    value: '25000.00',
    unit: 'EUR',
    validFrom: '2020-01-01',
    validTo: null,
    source: 'Delegation of authority by amount (Anordnungsbefugnis, VV BHO 70); amount to be set by instruction',
    mark: 'PROPOSAL',
  },
  {
    id: 'ACCOUNT-QUARANTINE-2020',
    key: 'bank-account-quarantine',
    value: '24',
    unit: 'HOURS',
    validFrom: '2020-01-01',
    validTo: null,
    source:
      'Changed bank details wait and need a second person (docs/domain.md#before-a-payment); hours to be set by instruction',
    mark: 'PROPOSAL',
  },
  {
    id: 'SCREENING-VALIDITY-2020',
    key: 'screening-validity',
    value: '30',
    unit: 'DAYS',
    validFrom: '2020-01-01',
    validTo: null,
    source: 'Payment blocked without a CLEAR newer than n days (docs/domain.md#sanctions); n to be set by instruction',
    mark: 'PROPOSAL',
  },
  {
    id: 'SCREENING-SCORE-2020',
    key: 'screening-hit-score',
    value: '85',
    unit: 'SCORE',
    validFrom: '2020-01-01',
    validTo: null,
    source: 'Fuzzy name match (docs/domain.md#sanctions); score on 0 to 100, to be calibrated against the real list',
    mark: 'PROPOSAL',
  },
  {
    id: 'DUPLICATE-WINDOW-2020',
    key: 'duplicate-window',
    value: '90',
    unit: 'DAYS',
    validFrom: '2020-01-01',
    validTo: null,
    source: 'Same payee, amount and reference within 90 days (docs/domain.md#before-a-payment)',
    mark: 'PROPOSAL',
  },
];
