import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { eventually } from '#testing';
import { runMainJob } from '../demo/main-job';
import { violations } from './oracle';
import { startTestPlatform } from './platform';
import { type StackProcess, startProgram, startStackProcess } from './stack-process';

const SETTLED_MS = 30_000;
// While cover is asked for, while payments are checked, while the last instalments follow their reports.
const KILL_AT = ['payee ', '4. Payments', 'payment run'];

describe('kill -9 of the finance service in the middle of the main job', () => {
  let stack: StackProcess;

  beforeAll(async () => {
    stack = await startStackProcess();
  }, 120_000);

  afterAll(() => stack.stop(), 60_000);

  it('delays the job but loses and doubles nothing', async () => {
    const demo = startProgram('dist/tools/demo/main.js', stack.environment);
    const kills = [...KILL_AT];
    const lines: string[] = [];
    let killing = Promise.resolve();
    createInterface({ input: demo.stdout ?? process.stdin }).on('line', (line) => {
      lines.push(line);
      if (kills[0] === undefined || !line.includes(kills[0])) return;
      kills.shift();
      // The supervisor starts it again; two lines that are read at once find it only one after the other.
      killing = killing
        .then(() => eventually(() => process.kill(stack.pidOf('finance'), 'SIGKILL')))
        .then(() => undefined);
    });
    const [code] = (await once(demo, 'exit')) as [number];
    expect({ code, last: lines.at(-1) }).toEqual({
      code: 0,
      last: expect.stringMatching(/^payout events received (\d+) of \1$/) as string,
    });
    await killing;
    expect(kills).toEqual([]);
    await eventually(async () => expect(await violations(stack.ask)).toEqual([]), SETTLED_MS);
  }, 240_000);
});

describe('the oracle', () => {
  it('finds what an inbox that is switched off lets through', async () => {
    jest.spyOn(console, 'log').mockImplementation(() => undefined);
    const platform = await startTestPlatform({ finance: { MESSAGING_INBOX: 'off' } });
    try {
      const department = await platform.financeDepartment();
      await runMainJob(platform.api, department);
      await department.close();
      const found = await violations((service, sql, parameters) =>
        platform.fleet.member(service).testDatabase.asAdmin(sql, parameters),
      );
      expect(found).toEqual(expect.arrayContaining([expect.stringContaining('finance never received')]));
    } finally {
      await platform.close();
    }
  }, 120_000);
});
