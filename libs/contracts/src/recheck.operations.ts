import { z } from 'zod';
import { operation } from './operation';
import { grant } from './roles';
import type { ServiceName } from './service-name';
import { Id, Instant, Line, Subject, Written } from './values';

/** Repeats nothing but what a consumer lacks, so whoever misses something may ask for it. */
const MAY_RECHECK = grant('any', 'programme-officer', 'finance-officer', 'auditor', 'operator');

export const RecheckView = z
  .strictObject({
    id: Id,
    requestedAt: Instant,
    requestedBy: Subject.meta({
      description: 'A person, `schedule` (once a day) or `receipts` (a consumer lost its memory)',
    }),
    reason: Written(500),
    since: Instant.nullable().meta({
      description: 'Messages that occurred from here on; null: everything ever published',
    }),
    checked: z.int().meta({ description: 'Messages the consumers were asked for so far' }),
    publishedAgain: z.int().meta({ description: 'Messages that a consumer lacked' }),
    missingRows: z.int().meta({ description: 'Positions without a message in the outbox: somebody deleted them' }),
    finishedAt: Instant.nullable(),
  })
  .meta({
    id: 'RecheckView',
    description: 'A comparison of what a service published with what its consumers have.',
  });
export type RecheckView = z.infer<typeof RecheckView>;

/**
 * The operations by which one service compares its messages with what arrived, and publishes again what did not: after a consumer or
 * the broker was restored from a backup. Messaging has the handlers, the same for all.
 */
export function recheckOperations(service: ServiceName) {
  const path = `/services/${service}/rechecks` as const;
  return {
    begin: operation({
      subject: `rpc.${service}.recheck.begin`,
      http: { method: 'POST', path, success: 201 },
      summary: `Compare all messages of ${service} with what arrived, and publish again what is missing`,
      description:
        'Goes on in the background, also after a restart, and takes effect once however often it is asked for: consumers know each message by its id. One at a time for each service. Runs by itself every day for the last three days.',
      request: z.strictObject({
        reason: Line(500),
        since: Instant.optional().meta({ description: 'Only what occurred from here on; without it, everything' }),
      }),
      reply: RecheckView,
      errors: ['PLATFORM_RECHECK_RUNNING'],
      allow: MAY_RECHECK,
      idempotency: 'optional',
    }),
    list: operation({
      subject: `rpc.${service}.recheck.list`,
      http: { method: 'GET', path },
      summary: `The last 50 comparisons of the messages of ${service} with what arrived, newest first`,
      request: z.strictObject({}),
      reply: z.strictObject({ items: z.array(RecheckView).max(50) }),
      allow: MAY_RECHECK,
    }),
  };
}
