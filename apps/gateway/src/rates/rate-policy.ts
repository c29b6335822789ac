import { z } from 'zod';
import { RATE_CLASSES, type RateClass } from './rate-class';

/** So many requests in so many seconds, for one caller (or address) and one class of work. */
export interface RatePolicy {
  readonly name: RateClass;
  readonly quota: number;
  readonly windowMs: number;
  /** The `RateLimit-Policy` header. */
  readonly header: string;
}

/** `6000/60`: 6000 requests in 60 seconds. */
const allowance = (standard: string) =>
  z
    .string()
    .default(standard)
    .transform((text, context) => {
      const [quota, seconds] = /^(\d{1,7})\/(\d{1,4})$/.exec(text)?.slice(1).map(Number) ?? [];
      if (quota && seconds && seconds <= 3600) return { quota, seconds };
      context.addIssue({ code: 'custom', message: 'requests/seconds, such as 6000/60, within 3600 seconds' });
      return z.NEVER;
    });

/** The settings of the limits, one for each class, and one that multiplies them all. */
export const rateSettings = {
  RATE_LIMIT_READ: allowance('6000/60').describe('Reads of one caller: requests/seconds'),
  RATE_LIMIT_SEARCH: allowance('1200/60').describe('Searches of one caller'),
  RATE_LIMIT_WRITE: allowance('1200/60').describe('Writes of one caller'),
  RATE_LIMIT_MONEY: allowance('1200/60').describe('Acts with money of one caller'),
  RATE_LIMIT_FILES: allowance('120/60').describe('Files of one caller, up and down'),
  RATE_LIMIT_ADDRESS: allowance('1200/60').describe(
    'Requests from one network address without a token that is known to be good',
  ),
  RATE_LIMIT_FACTOR: z.coerce.number().min(0.001).max(1000).default(1).describe('Multiplies all of them'),
};

type RateSettings = { readonly [Name in keyof typeof rateSettings]: z.output<(typeof rateSettings)[Name]> };

export function ratePolicies(settings: RateSettings): Readonly<Record<RateClass, RatePolicy>> {
  const policies = RATE_CLASSES.map((name): [RateClass, RatePolicy] => {
    const { quota, seconds } = settings[`RATE_LIMIT_${name.toUpperCase() as Uppercase<RateClass>}`];
    const scaled = Math.max(1, Math.round(quota * settings.RATE_LIMIT_FACTOR));
    return [name, { name, quota: scaled, windowMs: seconds * 1000, header: `"${name}";q=${scaled};w=${seconds}` }];
  });
  return Object.fromEntries(policies) as Record<RateClass, RatePolicy>;
}
