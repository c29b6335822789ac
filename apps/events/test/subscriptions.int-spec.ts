import type { OutgoingMessage } from '#contracts';
import { municipalityRecorded, type Side } from '#contracts/partnership';
import { newId } from '#platform';
import { describeSubscriptions, type SampleFactory, startTestService, type TestService } from '#testing';
import { eventsDataSource } from '../src/data-source';
import { EventsModule } from '../src/events.module';

let app: TestService;
beforeAll(async () => {
  app = await startTestService({ module: EventsModule, dataSource: eventsDataSource });
}, 60_000);
afterAll(() => app?.close());

const municipality: SampleFactory = async () => {
  const id = newId();
  const recorded = (aggregateVersion: number, side: Side): OutgoingMessage =>
    municipalityRecorded.of({
      aggregateId: id,
      aggregateVersion,
      data: { municipalityId: id, name: 'Moshi', kind: 'CITY', country: 'TZ', side, population: null },
    });
  const effect = () => app.asServiceRole('SELECT version, side FROM municipality_copy WHERE id = $1', [id]);
  return { message: recorded(4, 'PARTNER'), earlier: [recorded(3, 'DE')], effect };
};

describeSubscriptions({
  service: 'events',
  app: () => app,
  samples: { [municipalityRecorded.subject]: municipality },
});
