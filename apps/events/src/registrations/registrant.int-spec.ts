import { randomUUID } from 'node:crypto';
import type { DataOf } from '#contracts';
import { municipalityRecorded } from '#contracts/partnership';
import { eventually, startTestService, type TestService } from '#testing';
import { eventsDataSource } from '../data-source';
import { EventsModule } from '../events.module';

const AGGREGATES = 60;
const VERSIONS = [3, 1, 2];

let app: TestService;

beforeAll(async () => {
  app = await startTestService({ module: EventsModule, dataSource: eventsDataSource });
}, 60_000);
afterAll(() => app.close());

const recorded = (municipalityId: string, version: number, side: 'DE' | 'PARTNER' = 'PARTNER') =>
  municipalityRecorded.of({
    aggregateId: municipalityId,
    aggregateVersion: version,
    data: { municipalityId, name: `Version ${version}`, kind: 'CITY', country: 'TZ', side, population: null },
  });

describe('the copy of the municipalities', () => {
  it('holds the newest state of each after a flood that comes out of order, with duplicates and a poisoned message', async () => {
    const ids = Array.from({ length: AGGREGATES }, () => randomUUID());
    const messages = VERSIONS.flatMap((version) => ids.map((id) => recorded(id, version)));
    const sent = await Promise.all(messages.map((message) => app.publish(message)));
    const [first] = ids;
    // The same id with another body is a forgery or a fault, never a duplicate.
    await app.publish(recorded(first ?? '', 9, 'DE'), { id: sent[0] });
    await Promise.all(messages.slice(0, 20).map((message, index) => app.publish(message, { id: sent[index] })));

    await eventually(async () => {
      const inbox = await app.testDatabase.asAdmin('SELECT message_id FROM inbox_message');
      expect(inbox).toHaveLength(messages.length);
      const dead = await app.testDatabase.asAdmin('SELECT reason FROM dead_letter');
      expect(dead).toEqual([{ reason: 'altered' }]);
    });
    const copies = await app.testDatabase.asAdmin<{
      version: number;
      side: DataOf<typeof municipalityRecorded>['side'];
    }>('SELECT version, side FROM municipality_copy');
    expect(copies).toHaveLength(AGGREGATES);
    expect(copies.every(({ version, side }) => version === 3 && side === 'PARTNER')).toBe(true);
  }, 30_000);
});
