import assert from 'node:assert/strict';
import { AppError } from '#contracts';
import type { Queries } from '#database';
import { isInForce, type RuleRow } from './rule-row';
import { keyOf, type MemberSet, type RuleSet, type ValueOf } from './rule-set';

type KeyOf<Set extends RuleSet> = keyof Set['keys'] & string;

/** The rows of a set on all days. */
export class DatedRules<Set extends RuleSet = RuleSet> {
  private readonly days = new Map<string, RulesInForce<Set>>();

  constructor(
    private readonly set: Set,
    readonly rows: readonly RuleRow[],
  ) {}

  inForceOn(day: string): RulesInForce<Set> {
    const known = this.days.get(day);
    if (known) return known;
    const inForce = new RulesInForce(this.set, day, this.rows);
    this.days.set(day, inForce);
    return inForce;
  }
}

/** What holds on a day. */
export class RulesInForce<Set extends RuleSet = RuleSet> {
  readonly rows: readonly RuleRow[];

  constructor(
    private readonly set: Set,
    private readonly day: string,
    rows: readonly RuleRow[],
  ) {
    this.rows = rows.filter((row) => isInForce(row, day));
  }

  /** What the key's value is read as. Refused where none holds: nothing is computed from a gap. */
  value<Key extends KeyOf<Set>>(key: Key): ValueOf<Set['keys'][Key]> {
    return this.read(key, this.row(key));
  }

  /** For keys that a set may go without. */
  valueIfAny<Key extends KeyOf<Set>>(key: Key): ValueOf<Set['keys'][Key]> | undefined {
    const row = this.find(key);
    return row && this.read(key, row);
  }

  /** The row itself, for its name, unit and source. */
  row(key: KeyOf<Set>): RuleRow {
    const row = this.find(key);
    if (row) return row;
    const { missing, name } = this.set;
    assert(missing, `${name} has no row of ${key} on ${this.day}`);
    throw new AppError(missing, { ruleSet: name, key, on: this.day });
  }

  private find(key: string): RuleRow | undefined {
    return this.rows.find((row) => row.key === key);
  }

  private read<Key extends KeyOf<Set>>(key: Key, { value }: RuleRow): ValueOf<Set['keys'][Key]> {
    return this.set.keys[key]?.value.parse(value) as ValueOf<Set['keys'][Key]>;
  }
}

/** Reads a set as it stands; a confirmed row holds from the next reading on, in every replica. */
export async function readRules<Set extends RuleSet>(source: Queries, set: Set): Promise<DatedRules<Set>> {
  const { [set.name]: rules } = await readRuleSets(source, { [set.name]: set });
  return rules ?? new DatedRules(set, []);
}

/** Several sets at once, by their names here. */
export async function readRuleSets<Name extends string, Set extends RuleSet>(
  source: Queries,
  sets: Readonly<Record<Name, Set>>,
): Promise<Record<Name, DatedRules<Set>>> {
  const all = Object.entries<Set>(sets);
  const rows = await source.statement<RuleRow>('dated_rules', ROWS, [all.map(([, { name }]) => name)]);
  const of = (set: Set) =>
    new DatedRules(
      set,
      rows.filter(({ ruleSet, key }) => ruleSet === set.name && keyOf(set, key)),
    );
  return Object.fromEntries(all.map(([name, set]) => [name, of(set)])) as Record<Name, DatedRules<Set>>;
}

/** The members of a set on a day. */
export function membersIn<Value>(set: MemberSet<Value>, { rows }: RulesInForce): Map<string, Value> {
  return new Map(rows.map(({ key, value }) => [key, set.members.rule.value.parse(value)]));
}

const ROWS = `
SELECT rule_set, key, name, value, unit, valid_from, valid_to, source, mark
FROM dated_rule WHERE rule_set = ANY ($1::text[]) ORDER BY rule_set, key, valid_from`;
