import { z } from 'zod';
import { parseMinor } from '#contracts';
import type { RuleKey } from './rule-set';

// The kinds of values that rules have; each is told which units it may have.

/** A whole number: `24` HOURS. */
export function count(...units: string[]): RuleKey<number> {
  return {
    units,
    value: z
      .string()
      .regex(/^\d{1,6}$/, 'must be a whole number')
      .transform(Number),
  };
}

/** An amount of euros, read as cents: `25000.00`. */
export function euros(...units: string[]): RuleKey<bigint> {
  const cents = z.string().transform((text, context) => {
    const minor = parseMinor(text, 'EUR');
    if (minor !== undefined && minor >= 0n) return minor;
    context.addIssue('must be an amount of euros, such as 880 or 880.50');
    return z.NEVER;
  });
  return { units, value: cents };
}

/** A decimal number, read as it is written. */
export function decimal(...units: string[]): RuleKey<string> {
  return { units, value: z.string().regex(/^-?\d{1,9}(\.\d{1,6})?$/, 'must be a decimal number') };
}

/** One of several words. */
export function oneOf<const Word extends string>(words: readonly Word[], unit: string): RuleKey<Word> {
  return { units: [unit], value: z.enum(words) };
}

/** Some of several words, separated by blanks. */
export function someOf<const Word extends string>(words: readonly Word[], unit: string): RuleKey<Word[]> {
  const list = z.array(z.enum(words)).min(1);
  const value = z.string().transform((text, context) => {
    const { data, error } = list.safeParse(text.split(' '));
    if (data) return data;
    context.addIssue(error.issues[0]?.message ?? 'must be some of the words');
    return z.NEVER;
  });
  return { units: [unit], value };
}

export function yesOrNo(): RuleKey<boolean> {
  return { units: ['YES_OR_NO'], value: z.enum(['yes', 'no']).transform((text) => text === 'yes') };
}

/** A day of every year: `03-31`. */
export function monthAndDay(): RuleKey<string> {
  const isDay = (text: string) => z.iso.date().safeParse(`2001-${text}`).success;
  return { units: ['MONTH_AND_DAY'], value: z.string().refine(isDay, 'must be a month and a day, such as 03-31') };
}
