import { partnershipRecorded } from '#contracts/partnership';
import { newId } from '#platform';
import { startTestService, type TestService } from '#testing';
import { deliver, malformedMessage, partnership, partnershipMessage } from '../factories/municipal.factory';
import { StaffingModule } from '../staffing.module';
import { staffingDataSource } from '../data-source';

let app: TestService;

beforeAll(async () => {
  app = await startTestService({ module: StaffingModule, dataSource: staffingDataSource });
}, 60_000);
afterAll(() => app.close());

const participantsOf = (id: string) =>
  app.database.query<{ municipalityId: string; side: string }>(
    'SELECT municipality_id, side FROM partnership_participant_copy WHERE partnership_id = $1 ORDER BY side',
    [id],
  );

describe('the copy of a partnership', () => {
  it('holds the participants of the last version, whatever comes late', async () => {
    const known = partnership();
    const added = newId();
    await deliver(
      app,
      partnershipMessage(known, {
        version: 3,
        participants: [{ municipalityId: added, side: 'PARTNER', country: 'TZ', name: 'Moshi' }],
      }),
    );
    await deliver(app, partnershipMessage(known, { version: 2 }));
    expect(await participantsOf(known.id)).toEqual([{ municipalityId: added, side: 'PARTNER' }]);
  });

  it('drops a participant that the next version no longer names', async () => {
    const known = partnership();
    await deliver(app, partnershipMessage(known, { version: 1 }));
    await deliver(app, partnershipMessage(known, { version: 2, participants: [] }));
    expect(await participantsOf(known.id)).toEqual([]);
  });

  it('is the same after a second delivery of one version', async () => {
    const known = partnership();
    await deliver(app, partnershipMessage(known));
    await deliver(app, partnershipMessage(known));
    expect(await participantsOf(known.id)).toHaveLength(2);
  });

  it('is not touched by a malformed message, and the next one is heard', async () => {
    const known = partnership();
    await deliver(app, malformedMessage(partnershipRecorded, { partnershipId: known.id, participants: 'none' }));
    expect(await participantsOf(known.id)).toEqual([]);
    const dead = await app.database.query('SELECT FROM dead_letter WHERE subject = $1', [partnershipRecorded.subject]);
    expect(dead).toHaveLength(1);
    await deliver(app, partnershipMessage(known));
    expect(await participantsOf(known.id)).toHaveLength(2);
  });
});
