import { runContention } from '../demo/contention';
import { runMainJob } from '../demo/main-job';
import { startTestPlatform, type TestPlatform } from './platform';

let platform: TestPlatform;

beforeAll(async () => {
  platform = await startTestPlatform();
  // The demo tells a story; a test report is no place for it.
  jest.spyOn(console, 'log').mockImplementation(() => undefined);
}, 120_000);
afterAll(() => platform.close());

describe('the main job', () => {
  it('runs end to end twice, with the fund balanced and every payout event received', async () => {
    const department = await platform.financeDepartment();
    try {
      for (const run of [1, 2]) {
        await runMainJob(platform.api, department);
        expect(run).toBeGreaterThan(0);
      }
    } finally {
      await department.close();
    }
    expect(platform.api.retries).toBe(0);
  }, 180_000);
});

describe('fund cover', () => {
  it('confirms exactly 50 of 100 parallel confirmations when there is money for 50', async () => {
    await expect(runContention(platform.api)).resolves.toEqual({ confirmed: 50, refused: 50, covered: 50 });
  }, 120_000);
});
