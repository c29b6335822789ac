import { AppError, Exact } from '#contracts';
import type { Instrument, InstrumentRuleView } from '#contracts/finance';
import { INSTRUMENT_RULES } from './instrument-rules.data';

/**
 * The rules of one instrument. Asks for a rule by key and day and notes each rule that was used, so that a plan can name
 * what it rests on. A key without a rule in force is refused: a plan is never computed from a gap.
 */
export class RuleBook {
  private readonly used = new Set<string>();

  constructor(
    private readonly instrument: Instrument,
    private readonly rules: readonly InstrumentRuleView[] = INSTRUMENT_RULES,
  ) {}

  /** EUR cents of an amount rule. */
  cents(key: string, on: string): Exact {
    return Exact.parse(this.rule(key, on).value).times(Exact.of(100));
  }

  percent(key: string, on: string): Exact {
    return Exact.parse(this.rule(key, on).value);
  }

  count(key: string, on: string): number {
    return Number(this.rule(key, on).value);
  }

  usedIds(): string[] {
    return [...this.used].sort();
  }

  private rule(key: string, on: string): InstrumentRuleView {
    const found = this.rules.find(
      (rule) => rule.instrument === this.instrument && rule.key === key && isInForce(rule, on),
    );
    if (!found) throw new AppError('FINANCE_RULE_MISSING', { instrument: this.instrument, key, on });
    this.used.add(found.id);
    return found;
  }
}

export function isInForce(rule: InstrumentRuleView, on: string): boolean {
  return rule.validFrom <= on && (rule.validTo === null || on < rule.validTo);
}
