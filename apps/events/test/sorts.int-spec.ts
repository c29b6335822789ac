import { startTestService, type TestService, walkSorts } from '#testing';
import { eventsDataSource } from '../src/data-source';
import { EventsModule } from '../src/events.module';

describe('the lists of events', () => {
  let app: TestService;
  beforeAll(async () => {
    app = await startTestService({ module: EventsModule, dataSource: eventsDataSource });
  }, 60_000);
  afterAll(() => app.close());

  it('are read from an index in every order they have', async () => {
    const { offered, sorting, sortingEquals } = await walkSorts({ app, service: 'events' });
    expect(offered.length).toBeGreaterThanOrEqual(4);
    expect(sorting).toEqual([]);
    // No two rows have the same instant or number, as good as.
    expect(sortingEquals).toEqual(['events.audit-record.list', 'events.rule.list']);
  });
});
