import { randomUUID } from 'node:crypto';
import type { Message } from '#contracts';
import { newId } from '#platform';
import { type CommandWorld, startCommandWorld, thingPut } from '../commands/commands-spec';
import { MessagingConfig, messagingConfigFor } from '../config';
import { Inbox } from './inbox';

let world: CommandWorld;
const written: number[] = [];

beforeAll(async () => {
  world = await startCommandWorld();
});
beforeEach(() => {
  written.length = 0;
});
afterAll(() => world?.close());

function inboxOf(): Inbox {
  const project = (messages: readonly { aggregateVersion: number }[]): Promise<void> => {
    written.push(...messages.map(({ aggregateVersion }) => aggregateVersion));
    return Promise.resolve();
  };
  const reaction = { declaration: thingPut as unknown as Message, handlers: [], projections: [project] };
  const config = new MessagingConfig(messagingConfigFor('events').parse({}));
  return new Inbox('events', world.database, new Map([[thingPut.subject, reaction]]), config);
}

const thingId = newId();
const arrival = (id: string, aggregateVersion: number, body = { thingId }) => ({
  attributes: {
    id,
    type: thingPut.subject,
    aggregateId: thingId,
    aggregateVersion,
    occurredAt: new Date('2027-01-01T00:00:00Z'),
    correlationId: 'c',
  },
  payload: Buffer.from(JSON.stringify(body)),
});

describe('messages that are projected together', () => {
  it('are written as the latest state of each object, a copy of what came before not at all', async () => {
    const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()];
    expect(await inboxOf().takeAll([arrival(first, 1)])).toEqual(['handled']);
    const outcomes = await inboxOf().takeAll([arrival(second, 2), arrival(first, 1), arrival(third, 3)]);
    expect(outcomes).toEqual(['handled', 'duplicate', 'handled']);
    expect(written).toEqual([1, 3]);
  });

  it('are none of them written when one comes with another body than before', async () => {
    const [known, fresh] = [randomUUID(), randomUUID()];
    await inboxOf().takeAll([arrival(known, 1)]);
    const altered = inboxOf().takeAll([arrival(fresh, 2), arrival(known, 1, { thingId: newId() })]);
    await expect(altered).rejects.toThrow(`message ${known} came with another body`);
    expect(written).toEqual([1]);
    expect(await world.database.query('SELECT FROM inbox_message WHERE message_id = $1', [fresh])).toEqual([]);
  });
});
