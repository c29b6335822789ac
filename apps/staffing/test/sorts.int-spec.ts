import { startTestService, type TestService, walkSorts } from '#testing';
import { staffingDataSource } from '../src/data-source';
import { StaffingModule } from '../src/staffing.module';

describe('the lists of staffing', () => {
  let app: TestService;
  beforeAll(async () => {
    app = await startTestService({ module: StaffingModule, dataSource: staffingDataSource });
  }, 60_000);
  afterAll(() => app.close());

  it('are read from an index in every order they have', async () => {
    const { offered, sorting, sortingEquals } = await walkSorts({ app, service: 'staffing' });
    expect(offered.length).toBeGreaterThanOrEqual(16);
    // Reference data: a few dozen rows that ship with the product.
    expect(sorting).toEqual(['staffing.assessment-criterion.list']);
    // No two rows have the same instant or number, as good as.
    expect(sortingEquals).toEqual(['staffing.audit-record.list', 'staffing.rule.list']);
  });
});
