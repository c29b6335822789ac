import { register } from 'prom-client';
import { eventually } from './eventually';
import { startTestService, type TestService, type TestServiceDeclaration } from './test-service';

/** Longer than any interval of recurring work. */
const ADVANCED_MS = 90_000;
/** What every service has by its messaging. */
const EVERYWHERE = [
  'compare with the receivers',
  'forget expired idempotency keys',
  'seal the chains',
  'watch the audit trail',
];

interface Runs {
  readonly task: string;
  readonly outcome: string;
}

/**
 * Declares the test that a service, started as it always is, begins each piece of its recurring work by itself when its interval
 * has passed, and nothing else recurs; `tasks` are those beside what every service has. Only intervals pass faster than the clock: connections keep their own time.
 */
export function describeRecurringWork(declaration: TestServiceDeclaration, tasks: readonly string[] = []): void {
  const { service } = declaration.dataSource.declaration;

  it(`the recurring work of ${service} begins by its schedule`, async () => {
    jest.useFakeTimers({ doNotFake: ALL_BUT_INTERVALS });
    let app: TestService | undefined;
    try {
      register.resetMetrics();
      app = await startTestService(declaration);
      expect(await runs()).toEqual([]);
      await jest.advanceTimersByTimeAsync(ADVANCED_MS);
      const done = [...EVERYWHERE, ...tasks].sort().map((task) => `${task}: done`);
      await eventually(async () => expect(await runs()).toEqual(done));
    } finally {
      await app?.close();
      jest.useRealTimers();
    }
  }, 60_000);
}

const ALL_BUT_INTERVALS = [
  'Date',
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setTimeout',
  'clearTimeout',
] as const satisfies FakeableAPI[];

async function runs(): Promise<string[]> {
  const counted = await register.getSingleMetric('recurring_runs_total')?.get();
  const labels = (counted?.values ?? []).map((it) => it.labels as unknown as Runs);
  return labels.map(({ task, outcome }) => `${task}: ${outcome}`).sort();
}
