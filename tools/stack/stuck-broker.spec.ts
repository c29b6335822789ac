import { StuckBroker } from './stuck-broker';

describe('a broker that takes no messages', () => {
  let waiting: string | undefined;
  let freeMiB: number;
  let said: string[];
  let restarts: string[];
  let broker: StuckBroker;

  beforeEach(() => {
    [waiting, freeMiB, said, restarts] = ['finance', 1000, [], []];
    const signs = { waitingService: () => Promise.resolve(waiting), freeMiB: () => Promise.resolve(freeMiB) };
    broker = new StuckBroker(
      signs,
      (reason) => restarts.push(reason),
      (sentence) => said.push(sentence),
    );
  });
  const look = async (times: number) => {
    for (let time = 0; time < times; time++) await broker.look();
  };

  it('is restarted once messages wait at three looks in a row', async () => {
    await look(2);
    expect(restarts).toEqual([]);
    await look(1);
    expect(restarts).toEqual(['messages of finance have been waiting for it']);
  });

  it('is left alone when nothing waits in between', async () => {
    for (let round = 0; round < 5; round++) {
      waiting = 'finance';
      await look(2);
      waiting = undefined;
      await look(1);
    }
    expect(restarts).toEqual([]);
  });

  it('is not restarted while its disk is full, which is said once, and is when there is room', async () => {
    freeMiB = 0;
    await look(50);
    expect([restarts, said.length]).toEqual([[], 1]);
    freeMiB = 33;
    await look(1);
    expect(restarts).toHaveLength(1);
  });

  it('is restarted more and more rarely while that does not help, and soon again after it had', async () => {
    await look(3 + 12 + 2);
    expect(restarts).toHaveLength(1);
    await look(1);
    expect(restarts).toHaveLength(2);
    await look(24 + 2);
    expect(restarts).toHaveLength(2);
    await look(1);
    expect(restarts).toHaveLength(3);
    waiting = undefined;
    await look(1);
    waiting = 'events';
    await look(3);
    expect(restarts).toHaveLength(4);
  });
});
