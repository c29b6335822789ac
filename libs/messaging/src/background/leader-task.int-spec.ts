import type { Database } from '#database';
import { eventually } from '#testing';
import { type CommandWorld, startCommandWorld } from '../commands/commands-spec';
import { type Lead, LeaderTask } from './leader-task';

const LONG_MS = 60_000;

let world: CommandWorld;
let database: Database;
const replicas: Replica[] = [];

/** One replica that counts its rounds while it leads. */
class Replica {
  rounds = 0;
  left = 0;
  lead: Lead | undefined;
  readonly task: LeaderTask;

  constructor(
    lock: string,
    private readonly failure?: Error,
  ) {
    this.task = new LeaderTask(database, { name: 'counting', lock, work: (lead) => this.work(lead) });
    this.task.start();
    replicas.push(this);
  }

  private async work(lead: Lead): Promise<void> {
    this.lead = lead;
    while (!lead.lost.aborted && !lead.stopping.aborted) {
      lead.beginRound();
      this.rounds += 1;
      if (this.failure && this.rounds === 1) throw this.failure;
      await lead.rest(LONG_MS);
    }
    this.left += 1;
  }
}

const leading = (of: readonly Replica[]) => of.filter(({ task }) => task.leads);
const connected = (count: number) =>
  eventually(async () =>
    expect(
      await world.test.asAdmin(`SELECT FROM pg_stat_activity WHERE application_name = 'events-counting'`),
    ).toHaveLength(count),
  );
const led = () => eventually(() => expect(replicas.some(({ task }) => task.leads)).toBe(true));

beforeAll(async () => {
  world = await startCommandWorld();
  ({ database } = world);
});
afterEach(async () => {
  await Promise.all(replicas.splice(0).map(({ task }) => task.stop()));
});
afterAll(() => world?.close());

describe('work that one replica does at a time', () => {
  it('is led by one of several, and by another as soon as the first ends', async () => {
    const first = new Replica('one');
    await led();
    const [second, third] = [new Replica('one'), new Replica('one')];
    await connected(3);
    expect(leading(replicas)).toEqual([first]);
    await first.task.stop();
    expect(first).toMatchObject({ left: 1, task: { leads: false } });
    await eventually(() => expect(leading([second, third])).toHaveLength(1));
  });

  it('does not wait for work under another lock', async () => {
    const both = [new Replica('this'), new Replica('that')];
    await eventually(() => expect(leading(both)).toHaveLength(2));
  });

  it('is lost with its connection, and goes on with whoever is next', async () => {
    const first = new Replica('cut');
    await led();
    const second = new Replica('cut');
    const { rows } = (await first.lead?.client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')) ?? {
      rows: [],
    };
    await world.test.asAdmin(`SELECT pg_terminate_backend(${rows[0]?.pid})`);
    await eventually(() => expect(first).toMatchObject({ left: 1, lead: { lost: { aborted: true } } }));
    await eventually(() => expect(leading([first, second])).toHaveLength(1));
  });

  it('is woken by its own replica and by those that stand by', async () => {
    const first = new Replica('woken');
    await eventually(() => expect(first.rounds).toBe(1));
    const second = new Replica('woken');
    first.task.wake();
    await eventually(() => expect(first.rounds).toBe(2));
    await eventually(() => {
      second.task.wake();
      expect(first.rounds).toBeGreaterThan(2);
    });
    expect(second.rounds).toBe(0);
  });

  it('begins anew after a failure', async () => {
    const replica = new Replica('failing', new Error('for this test'));
    await eventually(() => expect(replica.rounds).toBe(2));
    expect(replica.task.leads).toBe(true);
  });
});
