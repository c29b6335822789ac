import { randomUUID } from 'node:crypto';
import { jetstreamManager } from '@nats-io/jetstream';
import { z } from 'zod';
import { type Message, type OutgoingMessage, type ServiceName, SUBSCRIPTIONS } from '#contracts';
import { streamName } from '#messaging';
import { eventually } from './eventually';
import type { TestService } from './test-service';

/** One message that a service consumes, about things that exist, with what it brings about. */
export interface SubscriptionSample {
  readonly message: OutgoingMessage;
  /** What the message changes, in values that tell no ids: equal effects compare as equal. */
  readonly effect: () => Promise<unknown>;
  /** Facts that come before the message; in whatever order they arrive, the effect is the same. */
  readonly earlier?: readonly OutgoingMessage[];
  /** What the message has overtaken: arriving after it, it changes nothing. */
  readonly stale?: readonly OutgoingMessage[];
}

/** Makes a sample about things of its own; called anew for each case. */
export type SampleFactory = () => Promise<SubscriptionSample>;

export interface SubscriptionWalk {
  readonly service: ServiceName;
  readonly app: () => TestService;
  /** By subject. A subscription without a sample fails the spec. */
  readonly samples: Readonly<Record<string, SampleFactory>>;
}

/**
 * Declares the tests that every subscription of a service must pass: a malformed message is set aside under the name of its faulty
 * member and the next one counts; a message that comes twice takes effect once; one that comes late does not overturn what is newer.
 */
export function describeSubscriptions({ service, app, samples }: SubscriptionWalk): void {
  const subscribed = SUBSCRIPTIONS[service];

  describe(`the subscriptions of ${service}`, () => {
    it('have a sample each', () => {
      expect(Object.keys(samples).sort()).toEqual(subscribed.map(({ subject }) => subject).sort());
    });
  });

  describe.each(subscribed.map((message) => [message.subject, message] as const))('%s', (subject, declaration) => {
    const make = async (): Promise<SubscriptionSample> => {
      const sample = await samples[subject]?.();
      if (!sample) throw new Error(`no sample of ${subject}`);
      return sample;
    };
    const arrive = async (...messages: readonly OutgoingMessage[]): Promise<void> => {
      for (const message of messages) {
        await app().publish(message);
        await allHandled(app(), service);
      }
    };

    it('is set aside when a member is malformed, and the next one takes effect', async () => {
      const { message, effect, earlier = [] } = await make();
      await arrive(...earlier);
      const before = await effect();
      const broken = brokenCopies(declaration, message);
      const ids = await Promise.all(broken.map(({ copy }) => app().publish(copy)));
      await allHandled(app(), service);
      const dead = await deadLetters(app(), ids);
      expect(broken.map(({ member }, index) => [member, dead.get(ids[index] ?? '')])).toEqual(
        broken.map(({ member }) => [
          member,
          { reason: 'invalid', error: expect.stringContaining(`"${member}"`) as string },
        ]),
      );
      expect(await effect()).toEqual(before);
      await arrive(message);
      expect(await effect()).not.toEqual(before);
    });

    it('takes effect once when it comes twice, under its id or another', async () => {
      const { message, effect, earlier = [] } = await make();
      await arrive(...earlier);
      const id = await app().publish(message);
      await allHandled(app(), service);
      const once = await effect();
      await app().publish(message, { id });
      await allHandled(app(), service);
      expect(await effect()).toEqual(once);
      const again = await app().publish(message);
      await allHandled(app(), service);
      expect(await effect()).toEqual(once);
      expect(await deadLetters(app(), [id, again])).toEqual(new Map());
    });

    it('comes to the same when it is late, and what is older than it changes nothing', async () => {
      const inOrder = await make();
      const reversed = await make();
      const { stale = [], earlier = [] } = inOrder;
      if (stale.length + earlier.length === 0) throw new Error(`the sample of ${subject} has nothing that comes late`);
      await arrive(...earlier, inOrder.message);
      await arrive(reversed.message, ...[...(reversed.earlier ?? [])].reverse());
      const expected = await inOrder.effect();
      expect(await reversed.effect()).toEqual(expected);
      await arrive(...stale);
      expect(await inOrder.effect()).toEqual(expected);
    });
  });
}

/** Everything that was sent to the service so far is handled or set aside. */
export async function allHandled(app: TestService, service: ServiceName): Promise<void> {
  const manager = await jetstreamManager(await app.broker.as('admin'));
  await eventually(async () => {
    for (const producer of new Set(SUBSCRIPTIONS[service].map((message) => message.service))) {
      const { num_pending: pending, num_ack_pending: inHand } = await manager.consumers.info(
        streamName(producer),
        service,
      );
      expect({ pending, inHand }).toEqual({ pending: 0, inHand: 0 });
    }
  }, 30_000);
}

/** One copy for each member of the data, with something in its place that it cannot be. */
function brokenCopies(
  declaration: Message,
  message: OutgoingMessage,
): { readonly member: string; readonly copy: OutgoingMessage }[] {
  const data: Record<string, unknown> = declaration.data.parse(message.data);
  return Object.keys(declaration.data.shape).map((member) => {
    const impossible = typeof data[member] === 'object' ? 'broken' : { broken: true };
    const loose: Message = { ...declaration, data: z.looseObject({}) };
    return { member, copy: { ...message, declaration: loose, data: { ...data, [member]: impossible } } };
  });
}

interface DeadLetter {
  readonly reason: string;
  readonly error: string;
}

async function deadLetters(app: TestService, messageIds: readonly string[]): Promise<Map<string, DeadLetter>> {
  const rows = await app.asServiceRole<DeadLetter & { id: string }>(
    'SELECT message_id AS id, reason, error FROM dead_letter WHERE message_id = ANY ($1)',
    [messageIds.length > 0 ? messageIds : [randomUUID()]],
  );
  return new Map(rows.map(({ id, ...letter }) => [id, letter]));
}
