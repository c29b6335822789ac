import { PUBLIC_MONEY_RULES } from './public-money-rules.data';
import { proofDeadline, ruleOn, spendingDeadline } from './public-money-rule';

describe('the rules for public money', () => {
  it.each([
    ['FEDERAL_GENERAL', 'SEPA', '2027-02-22'],
    ['FEDERAL_GENERAL', 'NON_SEPA', '2027-02-22'],
    ['BENGO', 'SEPA', '2027-02-22'],
    ['BENGO', 'NON_SEPA', '2027-05-11'],
    ['BENGO_OLDER', 'NON_SEPA', '2027-07-11'],
    ['BAVARIA', 'SEPA', '2027-03-11'],
  ] as const)('ends the window of %s for %s on %s', (ruleSet, place, deadline) => {
    expect(spendingDeadline(ruleSet, place, '2027-01-11').on).toBe(deadline);
  });

  it('ends a window of months on the last day of a shorter month', () => {
    expect(spendingDeadline('BENGO', 'NON_SEPA', '2026-10-31').on).toBe('2027-02-28');
  });

  it('asks for proof by the rules in force when the period began', () => {
    expect(proofDeadline('BENGO', 'INTERIM', { from: '2022-01-01', to: '2023-01-01' }).on).toBe('2023-03-31');
    expect(proofDeadline('BENGO', 'INTERIM', { from: '2026-03-01', to: '2027-01-01' }).on).toBe('2027-02-28');
    expect(proofDeadline('BENGO', 'FINAL', { from: '2022-06-01', to: '2024-07-01' }).on).toBe('2024-09-30');
    expect(proofDeadline('BENGO', 'FINAL', { from: '2026-01-01', to: '2026-07-01' }).on).toBe('2026-10-30');
  });

  it('refuses a day without a rule', () => {
    expect(() => ruleOn('BENGO', 'final-proof-due', '1999-12-31')).toThrow('FINANCE_PUBLIC_MONEY_RULE_MISSING');
  });

  it('has one rule of a key on any day, each with its own id and a source', () => {
    expect(new Set(PUBLIC_MONEY_RULES.map(({ id }) => id)).size).toBe(PUBLIC_MONEY_RULES.length);
    for (const rule of PUBLIC_MONEY_RULES) {
      expect(rule.source.length).toBeGreaterThan(10);
      const same = PUBLIC_MONEY_RULES.filter(({ ruleSet, key }) => ruleSet === rule.ruleSet && key === rule.key);
      expect(same.filter((it) => it.validFrom <= rule.validFrom && (it.validTo ?? '9') > rule.validFrom)).toHaveLength(
        1,
      );
    }
  });
});
