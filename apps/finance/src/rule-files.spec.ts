import { COST_CATEGORIES, RULE_SETS } from '#contracts/finance';
import { shippedRates } from './commitments/exchange-rates/exchange-rate.data';
import { EXPENSE_ACCOUNTS } from './outlets/exports/datev-accounts.reader';
import { shippedRules } from '#rules';
import { SHIPPED_SEPA_AREA } from '../test/shipped-rules';
import { FINANCE_RULE_FILES } from './rule-files';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const rows = FINANCE_RULE_FILES.flatMap((file) => shippedRules('finance', file));

it('every row of the shipped rules names where it comes from', () => {
  expect(rows.length).toBeGreaterThan(100);
  expect(rows.filter(({ source }) => source.length <= 20)).toEqual([]);
});

describe('a value that nobody stated for this fund', () => {
  it('says in its own row that it is to be confirmed or set', () => {
    const silent = rows.filter(
      ({ mark, source }) =>
        mark === 'PROPOSAL' && !/to be (confirmed|set|calibrated)|modelled on|half-yearly|within 90 days/.test(source),
    );
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it('is never marked as found', () => {
    const marks = Object.fromEntries(rows.map(({ ruleSet, key, mark }) => [`${ruleSet} ${key}`, mark]));
    expect(marks).toMatchObject({
      'PAYMENT second-signature-from': 'PROPOSAL',
      'PAYMENT bank-account-quarantine': 'PROPOSAL',
      'PAYMENT duplicate-window': 'PROPOSAL',
      'BENGO minor-claim-threshold': 'PROPOSAL',
      'BENGO day-count': 'GENERAL_KNOWLEDGE',
      'BENGO inventory-threshold': 'GENERAL_KNOWLEDGE',
      'BENGO proven-before-next-instalment': 'GENERAL_KNOWLEDGE',
      'LOCAL_EXPERT proof-share': 'GENERAL_KNOWLEDGE',
      'DEVELOPMENT_WORKER reintegration-allowance': 'GENERAL_KNOWLEDGE',
      'INTEGRATED_EXPERT reference-net': 'GENERAL_KNOWLEDGE',
    });
  });

  it('is marked as found where a text was read', () => {
    const read = rows.filter(({ mark }) => mark === 'FOUND').map(({ ruleSet, key }) => `${ruleSet} ${key}`);
    expect(read).toEqual(
      expect.arrayContaining([
        ...RULE_SETS.flatMap((set) => [`${set} spending-window-sepa`, `${set} spending-window-non-sepa`]),
        ...RULE_SETS.flatMap((set) => [`${set} interest-points`, `${set} plan-tolerance`]),
        'BENGO interim-proof-due',
        'BENGO final-proof-due',
        'BAVARIA final-proof-due',
        'BAVARIA receipt-retention',
        'FEDERAL_GENERAL final-proof-due',
        'DEVELOPMENT_WORKER base-allowance',
        'DEVELOPMENT_WORKER overseas-bonus',
      ]),
    );
  });
});

describe('the other tables', () => {
  it('of exchange rates name source and day of each rate', () => {
    for (const { source, rateOn } of shippedRates())
      expect([source.length > 20, DAY.test(rateOn)]).toEqual([true, true]);
  });

  it('of accounts have one for each cost category', () => {
    expect(Object.keys(EXPENSE_ACCOUNTS).sort()).toEqual([...COST_CATEGORIES].sort());
  });

  it('of SEPA countries change with the day', () => {
    expect(SHIPPED_SEPA_AREA.has('AL', '2025-10-04')).toBe(false);
    expect(SHIPPED_SEPA_AREA.has('AL', '2025-10-05')).toBe(true);
    expect(SHIPPED_SEPA_AREA.has('RS', '2026-05-04')).toBe(false);
    expect(SHIPPED_SEPA_AREA.has('RS', '2026-05-05')).toBe(true);
    expect(SHIPPED_SEPA_AREA.has('GI', '2027-01-01')).toBe(true);
    expect(SHIPPED_SEPA_AREA.has('BF', '2027-01-01')).toBe(false);
    expect(SHIPPED_SEPA_AREA.has('GB', '2027-01-01')).toBe(true);
    expect(rows.filter(({ ruleSet }) => ruleSet === 'SEPA')).toHaveLength(27 + 9 + 4 + 1 + 5);
  });
});
