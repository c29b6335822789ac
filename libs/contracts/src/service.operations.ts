import { z } from 'zod';
import { operation } from './operation';
import { grant } from './roles';
import { SERVICES, type ServiceName } from './service-name';
import { Day, Id, Instant, Line, Subject, Written } from './values';

/** How services stand, and the messages that wait for people, hold nothing of a case (docs/adr/0058-operators.md). */
const WATCHERS = grant('any', 'operator', 'auditor');
const OPERATORS = grant('any', 'operator');

export const DEAD_LETTERS_MAX = 100;
const Count = z.int().min(0);
const Seconds = z.number().min(0);
/** A name of ours, as log and metrics have it. */
const Name = Written(100);

const Check = z
  .strictObject({ name: Name, isWell: z.boolean(), detail: Written(500).nullable() })
  .meta({ id: 'HealthCheckView', description: 'One thing that must be well, and in a few words why it is not' });
export type HealthCheckView = z.infer<typeof Check>;

export const HEALTH = ['up', 'degraded', 'down'] as const;
const health = {
  status: z.enum(HEALTH).meta({
    description:
      '`degraded`: it serves, and something needs people; `down`: it takes no requests until its checks are well',
  }),
  checks: z.array(Check).max(50),
};

const Task = z
  .strictObject({
    name: Name.meta({ description: 'As the log names it: `sweep events`' }),
    everySeconds: Seconds,
    lastAt: Instant.nullable().meta({ description: 'When it ended last; null: not yet since the start' }),
    hasFailed: z.boolean().meta({ description: 'The last one stopped early; the next finds the same work again' }),
    nextAt: Instant,
  })
  .meta({ id: 'RecurringTaskView', description: 'Work that time alone brings about' });

const AuditStanding = z
  .strictObject({
    records: z.strictObject({ sealed: Count, waiting: Count }).meta({
      description: 'How many records are in the chain of hashes, and how many will be within seconds',
    }),
    checkpoint: z
      .strictObject({ number: z.int(), day: Day, places: z.array(Written(200)).max(10) })
      .nullable()
      .meta({ description: 'The last one signed, and the places outside the database where it lies by now' }),
    verifiedAt: Instant.nullable().meta({ description: 'When everything was verified last, which is done once a day' }),
    faults: z.array(Written(500)).max(20).meta({
      description: 'What the last verification found, and what is overdue; empty: it agreed and nothing is',
    }),
  })
  .meta({ id: 'AuditStanding', description: 'What the daily verification left behind. Reading it verifies nothing.' });
export type AuditStanding = z.infer<typeof AuditStanding>;

export const ServiceView = z
  .strictObject({
    service: z.enum(SERVICES),
    ...health,
    outbox: z.strictObject({
      unpublished: Count.meta({ description: 'Committed, and not in the stream yet' }),
      oldestSeconds: Seconds.meta({ description: 'How long the oldest of them has waited' }),
      unreceived: Count.meta({ description: 'In the stream, and not confirmed by all who subscribe' }),
      failed: Count.meta({ description: 'No stream takes them; they wait for people' }),
    }),
    consumers: z
      .array(
        z.strictObject({
          producer: z.enum(SERVICES),
          isAttached: z.boolean(),
          pending: Count.nullable().meta({ description: 'Not delivered yet; null: the broker did not say' }),
          inHand: Count.nullable().meta({ description: 'Delivered, and not acknowledged' }),
        }),
      )
      .max(SERVICES.length),
    queues: z
      .array(z.strictObject({ name: z.enum(['mails']), waiting: Count, oldestSeconds: Seconds, givenUp: Count }))
      .max(10)
      .meta({ description: 'What else waits to leave the service' }),
    deadLetters: Count.meta({ description: 'Messages that could not be handled, and wait for people' }),
    tasks: z.array(Task).max(50),
    audit: AuditStanding,
  })
  .meta({ id: 'ServiceView', description: 'How one service stands, as the replica that answers sees it.' });
export type ServiceView = z.infer<typeof ServiceView>;

/** The merged list over all services, made by the gateway. */
export const ServiceList = z
  .strictObject({
    items: z.array(ServiceView).max(SERVICES.length),
    away: z
      .array(z.strictObject({ service: z.enum(SERVICES), checks: z.array(Check).max(50) }))
      .max(SERVICES.length)
      .meta({ description: 'Services that did not answer, and why as far as it is known' }),
    gateway: z.strictObject(health),
  })
  .meta({ id: 'ServiceList' });
export type ServiceList = z.infer<typeof ServiceList>;

export const DEATH_REASONS = ['malformed', 'invalid', 'altered', 'failing'] as const;

export const DeadLetterView = z
  .strictObject({
    id: Id,
    messageId: Id.nullable(),
    subject: Written(200).meta({ description: 'The kind of message: `evt.finance.payout.booked.v1`' }),
    objectId: Written(200).nullable().meta({ description: 'What the message is about' }),
    correlationId: Written(200).nullable().meta({ description: 'The same in log and audit trail of all services' }),
    occurredAt: Instant.nullable(),
    diedAt: Instant.meta({ description: 'Since when it has been set aside' }),
    attempts: Count,
    reason: z.enum(DEATH_REASONS).meta({
      description:
        '`failing`: the reaction failed every time; `malformed`, `invalid`: not of a form that is known here; `altered`: known already, with another content',
    }),
    error: Written(500),
  })
  .meta({
    id: 'DeadLetterView',
    description: 'A message that its consumer could not handle: its envelope and the error, never its content.',
  });
export type DeadLetterView = z.infer<typeof DeadLetterView>;

export const DeadLetterReplay = z
  .strictObject({
    id: Id,
    outcome: z.enum(['handled', 'duplicate', 'altered']).meta({
      description:
        '`duplicate`: it had taken effect already; `altered`: a message of that id had, with another content. Neither changes anything',
    }),
    replayedBy: Subject,
  })
  .meta({ id: 'DeadLetterReplay' });

/** The operations by which one service says how it stands and takes up what it had to set aside. Messaging has the handlers. */
export function serviceOperations(service: ServiceName) {
  const path = `/services/${service}` as const;
  return {
    get: operation({
      subject: `rpc.${service}.service.get`,
      http: { method: 'GET', path },
      summary: `How the service ${service} stands: health, backlog, recurring work, audit chain`,
      description: 'Counted at the moment of asking; `/services` has all of them.',
      request: z.strictObject({}),
      reply: ServiceView,
      allow: WATCHERS,
    }),
    listDeadLetters: operation({
      subject: `rpc.${service}.dead-letter.list`,
      http: { method: 'GET', path: `${path}/dead-letters` },
      summary: `The messages that the service ${service} could not handle, the oldest first`,
      description: `The first ${DEAD_LETTERS_MAX} of them.`,
      request: z.strictObject({}),
      reply: z.strictObject({ items: z.array(DeadLetterView).max(DEAD_LETTERS_MAX) }),
      allow: WATCHERS,
    }),
    replayDeadLetter: operation({
      subject: `rpc.${service}.dead-letter.replay`,
      http: { method: 'POST', path: `${path}/dead-letters/{deadLetterId}/replay` },
      summary: `Have a message handled again that the service ${service} set aside`,
      description:
        'Takes effect once only, however often the message came. Where the reaction fails again, nothing is changed and the message stays set aside.',
      request: z.strictObject({ deadLetterId: Id, reason: Line(500) }),
      reply: DeadLetterReplay,
      errors: ['PLATFORM_DEAD_LETTER_REPLAYED', 'PLATFORM_DEAD_LETTER_FAILED_AGAIN'],
      allow: OPERATORS,
      idempotency: 'optional',
    }),
  };
}

export type ServiceOperations = ReturnType<typeof serviceOperations>;

export const SERVICE_OPERATIONS: Readonly<Record<ServiceName, ServiceOperations>> = {
  partnership: serviceOperations('partnership'),
  staffing: serviceOperations('staffing'),
  finance: serviceOperations('finance'),
  events: serviceOperations('events'),
};
