import { existsSync } from 'node:fs';
import type { Check } from './check';
import { NotExamined } from './not-examined';
import { CHECKS } from './checks';
import { offsetMs } from './checks/clock';
import { examine } from './examine';
import { Installation } from './installation';
import { isWell, jsonReport, report } from './report';
import { doctorSettings } from './settings';

const nothingKnown = () => new Installation(doctorSettings.parse({}));
const check = (examine: Check['examine']): Check => ({
  name: 'dead letters',
  page: 'deploy/runbooks/dead-letters.md',
  examine,
});
const long = 'finance: 3 messages that it could not process, and this sentence goes on and on until it is long enough.';
const ill = check(() => Promise.resolve([{ sentence: long, remedy: long }]));
const well = check(() => Promise.resolve([]));
const unknown = check(() =>
  Promise.reject(new NotExamined('ANSWER_KEYS_FINANCE is not set, and neither is the other one')),
);

describe('the checks', () => {
  it.each(CHECKS.map(({ name, page }) => [name, page]))('%s names a page that exists: %s', (_name, page) => {
    expect(existsSync(page)).toBe(true);
  });

  it('have a name each', () => {
    expect(new Set(CHECKS.map(({ name }) => name)).size).toBe(CHECKS.length);
  });

  it('do not look at what is not known, and find nothing by that, but the Node that runs them', async () => {
    const outcomes = await examine(nothingKnown());
    expect(isWell(outcomes)).toBe(true);
    expect(outcomes.filter(({ notExamined }) => notExamined === undefined).map((it) => it.check)).toEqual(['versions']);
  });

  it('that throw are findings, never the end', async () => {
    const [outcome] = await examine(nothingKnown(), [check(() => Promise.reject(new Error('out of memory')))]);
    expect(outcome?.findings[0]?.sentence).toBe('This could not be looked at: out of memory.');
  });
});

describe('the report', () => {
  it('has a line for each check, what it found and where to read on, in 80 columns', async () => {
    const text = report(await examine(nothingKnown(), [well, ill, unknown]), 1.23);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(text.split('\n')[0]).toBe('  ok     dead letters');
    expect(text).toContain(
      '  FAULT  dead letters: see deploy/runbooks/dead-letters.md\n         - finance: 3 messages',
    );
    expect(text).toContain('  -      dead letters, not looked at: ANSWER_KEYS_FINANCE is not set');
    expect(text).toContain('1 finding: 2 checks in 1.2 s. Not looked at: 1.');
  });

  it('says when nothing is wrong', async () => {
    expect(report(await examine(nothingKnown(), [well]), 1)).toContain('Nothing is wrong: 1 check in 1.0 s.');
  });

  it('is also for machines', async () => {
    const json: unknown = JSON.parse(jsonReport(await examine(nothingKnown(), [ill])));
    expect(json).toMatchObject({ isWell: false, checks: [{ page: ill.page, findings: [{ sentence: long }] }] });
  });
});

describe('the difference of two clocks', () => {
  const at = (seconds: number) => new Date(1_800_000_000_000 + seconds * 1000);

  it.each([
    ['nothing, when the answer was slow', { said: at(0), from: at(0.9), to: at(4) }, 0],
    ['nothing, within the second that is told', { said: at(0), from: at(0.5), to: at(0.6) }, 0],
    ['how far it is ahead', { said: at(60), from: at(0), to: at(1) }, 59_000],
    ['how far it is behind', { said: at(-61), from: at(0), to: at(1) }, -60_000],
  ])('is %s', (_what, reading, expected) => {
    expect(offsetMs({ ...reading, stepMs: 1000 })).toBe(expected);
  });
});

it('ends a check that hangs', async () => {
  jest.useFakeTimers();
  try {
    const examined = examine(nothingKnown(), [check(() => new Promise(() => undefined))]);
    await jest.advanceTimersByTimeAsync(10_000);
    expect((await examined)[0]?.findings[0]?.sentence).toContain('no answer within 10 s');
  } finally {
    jest.useRealTimers();
  }
});
