import { COST_CATEGORIES, RULE_SETS } from '#contracts/finance';
import { shippedRates } from '../../commitments/exchange-rates/exchange-rate.data';
import { EXPENSE_ACCOUNTS } from '../../outlets/exports/datev.data';
import { INSTRUMENT_RULES } from '../../commitments/instrument-rules/instrument-rules.data';
import { isInSepa, SEPA_AREA } from '../../payments/payees/sepa-area';
import { PAYMENT_RULES } from '../../payments/payment-rules/payment-rule.data';
import { PUBLIC_MONEY_RULES } from './public-money-rules.data';

interface Row {
  readonly scope: string;
  readonly key: string;
  readonly id: string;
  readonly source: string;
  readonly mark: string;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** Every dated table of rules in the service; a new one is added here. */
const TABLES: Readonly<Record<string, readonly Row[]>> = {
  'instrument rules': INSTRUMENT_RULES.map((rule) => ({ ...rule, scope: rule.instrument })),
  'payment rules': PAYMENT_RULES.map((rule) => ({ ...rule, scope: 'fund' })),
  'rules for public money': PUBLIC_MONEY_RULES.map((rule) => ({ ...rule, scope: rule.ruleSet })),
  'SEPA area': SEPA_AREA.map((row) => ({ ...row, scope: 'SEPA', key: row.country, id: row.country, validTo: null })),
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const rows = Object.entries(TABLES).flatMap(([table, of]) => of.map((row) => ({ table, ...row })));

describe.each(Object.entries(TABLES))('each row of the %s', (_, of) => {
  it('names where it comes from, how sure that is, and from when it holds', () => {
    expect(of.length).toBeGreaterThan(0);
    for (const row of of) {
      expect({ id: row.id, says: row.source.length > 20 }).toEqual({ id: row.id, says: true });
      expect(['FOUND', 'GENERAL_KNOWLEDGE', 'PROPOSAL']).toContain(row.mark);
      expect(row.validFrom).toMatch(DAY);
      if (row.validTo !== null) expect(row.validTo > row.validFrom).toBe(true);
    }
    expect(new Set(of.map(({ scope, id }) => `${scope} ${id}`)).size).toBe(of.length);
  });

  it('is the only one of its key on any day, and leaves no gap to the next', () => {
    for (const same of Map.groupBy(of, ({ scope, key }) => `${scope} ${key}`).values()) {
      const inOrder = [...same].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
      expect(inOrder.slice(1).map(({ validFrom }) => validFrom)).toEqual(
        inOrder.slice(0, -1).map(({ validTo }) => validTo),
      );
    }
  });
});

describe('a value that nobody stated for this fund', () => {
  it('says in its own row that it is to be confirmed or set', () => {
    const silent = rows.filter(
      ({ mark, source }) =>
        mark === 'PROPOSAL' && !/to be (confirmed|set|calibrated)|modelled on|half-yearly|within 90 days/.test(source),
    );
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  it('is never marked as found', () => {
    const marks = Object.fromEntries(rows.map(({ scope, key, mark }) => [`${scope} ${key}`, mark]));
    expect(marks).toMatchObject({
      'fund second-signature-from': 'PROPOSAL',
      'fund bank-account-quarantine': 'PROPOSAL',
      'fund duplicate-window': 'PROPOSAL',
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
    const read = rows.filter(({ mark }) => mark === 'FOUND').map(({ scope, key }) => `${scope} ${key}`);
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
    expect(isInSepa('AL', '2025-10-04')).toBe(false);
    expect(isInSepa('AL', '2025-10-05')).toBe(true);
    expect(isInSepa('BF', '2027-01-01')).toBe(false);
    expect(isInSepa('GB', '2027-01-01')).toBe(true);
    expect(SEPA_AREA).toHaveLength(27 + 9 + 4);
  });
});
