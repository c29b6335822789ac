import { ROLES } from '#contracts';
import { user } from '../demo/demo-token';
import { fuzz } from '../fuzz/fuzz';
import { startTestPlatform, type TestPlatform } from './platform';

const REQUESTS = 1500;

let platform: TestPlatform;

beforeAll(async () => {
  platform = await startTestPlatform();
});

afterAll(() => platform.close());

describe(`${REQUESTS} hostile requests in all ${ROLES.length} roles`, () => {
  it('get no 5xx, no error that is no problem, and nothing of our insides', async () => {
    const target = { url: platform.url, token: (role: (typeof ROLES)[number]) => platform.token(user(role)) };
    const report = await fuzz(target, { requests: REQUESTS, seed: 7, connections: 4, patience: 10 });
    process.stdout.write(`${JSON.stringify({ ...report, findings: report.findings.length })}\n`);
    expect(report.findings).toEqual([]);
    // A fuzzer that only meets the door, or only ever is refused, proves nothing.
    expect(report.operations).toBeGreaterThan(150);
    expect(report.succeeded).toBeGreaterThan(40);
  }, 300_000);
});
