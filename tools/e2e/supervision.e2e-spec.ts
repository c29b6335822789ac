import { FaultStack } from '../faults/fault-stack';
import { endConnections, killAgainAndAgain, outagesOf, type Scene, stopEach, takeIn } from '../faults/scenarios';
import { SteadyLoad } from '../faults/steady-load';

// Short versions of what `npm run test:faults` does at length; each fails by itself when its promise is broken.
describe('npm start, while clients go on asking', () => {
  let stack: FaultStack;
  let load: SteadyLoad;
  let scene: Scene;

  beforeAll(async () => {
    stack = await FaultStack.start();
  }, 180_000);
  afterAll(() => stack.stop(), 60_000);
  beforeEach(() => {
    load = new SteadyLoad(stack);
    scene = { stack, load, print: () => undefined };
  });
  afterEach(async () => expect(await load.stop()).toBe(0), 60_000);

  it('ends and restarts what answers no more: a service, the database', async () => {
    await stopEach(scene, ['finance', 'Postgres']);
    expect(stack.said(/^finance has not answered for/)).toBeGreaterThan(0);
    expect(stack.said(/^Postgres has not done its work for/)).toBeGreaterThan(0);
  }, 300_000);

  it('restarts a service that dies again and again', async () => {
    await killAgainAndAgain(scene, 'events', 5);
    expect(stack.said(/^events ended \(SIGKILL\) and is started again/)).toBe(5);
  }, 120_000);

  it('loses no process with its database connections', async () => {
    await endConnections(scene, 8);
    expect(load.count(/^read 200/)).toBeGreaterThan(0);
  }, 120_000);

  it('outlives its broker and its database', async () => {
    await outagesOf(scene, 'NATS', 2);
    await outagesOf(scene, 'Postgres', 1);
  }, 120_000);

  it('takes in what waited while its consumer was away', async () => {
    await takeIn(scene, 3000);
  }, 120_000);
});
