import { startTestService, type TestService, walkSorts } from '#testing';
import { eventsDataSource } from '../src/data-source';
import { EventsModule } from '../src/events.module';

describe('the lists of events', () => {
  let app: TestService;
  beforeAll(async () => {
    app = await startTestService({ module: EventsModule, dataSource: eventsDataSource });
  }, 60_000);
  afterAll(() => app.close());

  it('are read from an index in every order they offer', async () => {
    const { offered, sorting } = await walkSorts({ app, service: 'events' });
    expect(offered).toHaveLength(2);
    expect(sorting).toEqual([]);
  });
});
