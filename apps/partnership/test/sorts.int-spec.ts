import { startTestService, type TestService, walkSorts } from '#testing';
import { partnershipDataSource } from '../src/data-source';
import { PartnershipModule } from '../src/partnership.module';

describe('the lists of partnership', () => {
  let app: TestService;
  beforeAll(async () => {
    app = await startTestService({ module: PartnershipModule, dataSource: partnershipDataSource });
  }, 60_000);
  afterAll(() => app.close());

  it('are read from an index in every order they have', async () => {
    const { offered, sorting, sortingEquals } = await walkSorts({ app, service: 'partnership' });
    expect(offered.length).toBeGreaterThanOrEqual(20);
    // Reference data: a few dozen rows that ship with the product; and within a leaf of results its few periods.
    expect(sorting).toEqual(
      ['country', 'field-of-action', 'sdg-goal', 'sdg-target', 'result-leaf'].map((it) => `partnership.${it}.list`),
    );
    // No two rows have the same instant or number, as good as.
    expect(sortingEquals).toEqual(
      ['audit-record', 'place', 'register-entry', 'rule'].map((it) => `partnership.${it}.list`),
    );
  });
});
