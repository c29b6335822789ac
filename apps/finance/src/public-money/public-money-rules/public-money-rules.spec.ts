import { SHIPPED_PUBLIC_MONEY_RULES as RULES } from '../../../test/shipped-rules';
import { proofDeadline, spendingDeadline } from './public-money-rules.reader';

describe('the rules for public money', () => {
  it.each([
    ['FEDERAL_GENERAL', 'SEPA', '2027-02-22'],
    ['FEDERAL_GENERAL', 'NON_SEPA', '2027-02-22'],
    ['BENGO', 'SEPA', '2027-02-22'],
    ['BENGO', 'NON_SEPA', '2027-05-11'],
    ['BENGO_OLDER', 'NON_SEPA', '2027-07-11'],
    ['BAVARIA', 'SEPA', '2027-03-11'],
  ] as const)('ends the window of %s for %s on %s', (ruleSet, place, deadline) => {
    expect(spendingDeadline(RULES[ruleSet], place, '2027-01-11').on).toBe(deadline);
  });

  it('ends a window of months on the last day of a shorter month', () => {
    expect(spendingDeadline(RULES.BENGO, 'NON_SEPA', '2026-10-31').on).toBe('2027-02-28');
  });

  it('asks for proof by the rules in force when the period began', () => {
    expect(proofDeadline(RULES.BENGO, 'INTERIM', { from: '2022-01-01', to: '2023-01-01' }).on).toBe('2023-03-31');
    expect(proofDeadline(RULES.BENGO, 'INTERIM', { from: '2026-03-01', to: '2027-01-01' }).on).toBe('2027-02-28');
    expect(proofDeadline(RULES.BENGO, 'FINAL', { from: '2022-06-01', to: '2024-07-01' }).on).toBe('2024-09-30');
    expect(proofDeadline(RULES.BENGO, 'FINAL', { from: '2026-01-01', to: '2026-07-01' }).on).toBe('2026-10-30');
  });

  it('refuses a day without a rule', () => {
    expect(() => RULES.BENGO.inForceOn('1999-12-31').value('final-proof-due')).toThrow(
      'FINANCE_PUBLIC_MONEY_RULE_MISSING',
    );
  });
});
