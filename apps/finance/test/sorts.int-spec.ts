import { startTestService, type TestService, walkSorts } from '#testing';
import { financeDataSource } from '../src/data-source';
import { FinanceModule } from '../src/finance.module';

describe('the lists of finance', () => {
  let app: TestService;
  beforeAll(async () => {
    app = await startTestService({ module: FinanceModule, dataSource: financeDataSource });
  }, 60_000);
  afterAll(() => app.close());

  it('are read from an index in every order they have', async () => {
    const { offered, sorting, sortingEquals } = await walkSorts({ app, service: 'finance' });
    expect(offered.length).toBeGreaterThanOrEqual(17);
    expect(sorting).toEqual([]);
    // No two rows have the same instant or number, as good as.
    expect(sortingEquals).toEqual([
      'finance.audit-record.list',
      'finance.rule.list',
      'finance.sanctions-list.list',
      'finance.screening.list',
    ]);
  });
});
