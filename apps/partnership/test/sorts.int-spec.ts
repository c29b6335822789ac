import { startTestService, type TestService, walkSorts } from '#testing';
import { partnershipDataSource } from '../src/data-source';
import { PartnershipModule } from '../src/partnership.module';

describe('the lists of partnership', () => {
  let app: TestService;
  beforeAll(async () => {
    app = await startTestService({ module: PartnershipModule, dataSource: partnershipDataSource });
  }, 60_000);
  afterAll(() => app.close());

  it('are read from an index in every order they offer', async () => {
    const { offered, sorting } = await walkSorts({ app, service: 'partnership' });
    expect(offered).toHaveLength(12);
    expect(sorting).toEqual([]);
  });
});
