import type { z } from 'zod';
import type { ErrorCode, ServiceName } from '#contracts';

/** What may stand for one key: the form of its value, as what it is read, and its units. */
export interface RuleKey<Value = unknown> {
  readonly value: z.ZodType<Value, string>;
  readonly units: readonly string[];
  /** The service that works by it, where services share a file: each keeps the rows of its own keys. */
  readonly of?: ServiceName;
  /** A set may go without it. */
  readonly isOptional?: boolean;
}

export type RuleKeys = Readonly<Record<string, RuleKey>>;

/**
 * A set of dated rules, such as what one instrument pays: for each key one row on any day. The declaration says what a row may hold;
 * what it holds, and from when, stands in the shipped file and in what two persons of the fund confirmed.
 */
export interface RuleSet<Keys extends RuleKeys = RuleKeys> {
  readonly name: string;
  readonly keys: Keys;
  /** Answered where a rule is asked for that has no row on the day: nothing works from a gap. Without it, a gap is a bug. */
  readonly missing?: ErrorCode;
}

/** A set of members, such as the countries of the EU: the keys are the members, and one that is no longer in force has left. */
export interface MemberSet<Value = unknown> extends RuleSet {
  readonly members: { readonly form: z.ZodType<string, string>; readonly rule: RuleKey<Value> };
}

/** Sets that are shipped in one file, a row in each line. */
export interface RuleFile {
  /** From the repository's root. */
  readonly path: string;
  readonly sets: readonly (RuleSet | MemberSet)[];
  /** So many rows a service keeps of the file, the confirmed ones included: what one answer can show. */
  readonly rowsMax: number;
}

/** What a key's value is read as. */
export type ValueOf<Key> = Key extends RuleKey<infer Value> ? Value : never;

/** The set and what may stand for a key, if there is such a one. @internal */
export function keyOf(set: RuleSet | MemberSet, key: string): RuleKey | undefined {
  if ('members' in set) return set.members.form.safeParse(key).success ? set.members.rule : undefined;
  return Object.hasOwn(set.keys, key) ? set.keys[key] : undefined;
}
