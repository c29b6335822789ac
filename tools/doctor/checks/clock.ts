import type { Check } from '../check';
import { NotExamined } from '../not-examined';
import { askHttp } from '../http';
import type { Installation } from '../installation';

/** What another's clock said, and between which moments of ours. */
interface Reading {
  readonly whose: string;
  readonly said: Date;
  readonly from: Date;
  readonly to: Date;
  /** In what steps it is told. */
  readonly stepMs: number;
}

const SECOND_MS = 1000;

export const clock: Check = {
  name: 'clocks',
  page: 'deploy/runbooks/clock.md',
  examine: async (installation) => {
    const readings = (await Promise.all([databaseClock(installation), ...httpClocks(installation)])).flat();
    if (readings.length === 0) throw new NotExamined('no other clock can be read');
    return readings.flatMap((reading) => {
      const seconds = offsetMs(reading) / SECOND_MS;
      if (Math.abs(seconds) <= installation.limits.clockSeconds) return [];
      const direction = seconds > 0 ? 'before' : 'behind';
      return [
        {
          sentence: `The clock of ${reading.whose} is ${Math.round(Math.abs(seconds))} s ${direction} that of this machine.`,
          remedy: 'Let both be set by NTP (chrony, systemd-timesyncd): tokens and deadlines depend on it.',
        },
      ];
    });
  },
};

/** How far it lies outside of what it can have been; 0 within. */
export function offsetMs({ said, from, to, stepMs }: Omit<Reading, 'whose'>): number {
  const early = from.getTime() - (said.getTime() + stepMs);
  if (early > 0) return -early;
  return Math.max(0, said.getTime() - to.getTime());
}

async function databaseClock(installation: Installation): Promise<Reading[]> {
  try {
    return await installation.read('public', async (reader) => {
      const from = installation.clock.now();
      const [row] = await reader.query<{ said: Date }>('SELECT clock_timestamp() AS said');
      const to = installation.clock.now();
      return row ? [{ whose: 'Postgres', said: row.said, from, to, stepMs: 1 }] : [];
    });
  } catch (error) {
    // The others can still be read.
    if (error instanceof NotExamined) return [];
    throw error;
  }
}

function httpClocks({ settings, issuerUrl, clock: own }: Installation): Promise<Reading[]>[] {
  const asked = [
    ...settings.DOCTOR_OPS_URLS.map(([name, url]) => ({ whose: name, url: `${url}/health/live` })),
    ...(issuerUrl ? [{ whose: 'the identity provider', url: issuerUrl }] : []),
  ];
  return asked.map(async ({ whose, url }) => {
    const answer = await askHttp(url, () => own.now());
    // Who does not answer is told by another check.
    if ('fault' in answer || !answer.clock.said) return [];
    return [{ whose, ...answer.clock, said: answer.clock.said, stepMs: SECOND_MS }];
  });
}
