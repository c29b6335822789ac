import { startTestService, type TestService, walkSorts } from '#testing';
import { staffingDataSource } from '../src/data-source';
import { StaffingModule } from '../src/staffing.module';

describe('the lists of staffing', () => {
  let app: TestService;
  beforeAll(async () => {
    app = await startTestService({ module: StaffingModule, dataSource: staffingDataSource });
  }, 60_000);
  afterAll(() => app.close());

  it('are read from an index in every order they offer', async () => {
    const { offered, sorting } = await walkSorts({ app, service: 'staffing' });
    expect(offered).toHaveLength(12);
    expect(sorting).toEqual([]);
  });
});
