import { setTimeout as delay } from 'node:timers/promises';
import { Lanes } from './lanes';

describe('lanes', () => {
  const never = new AbortController().signal;

  it('keep the order within a lane, whatever a task waits for', async () => {
    const lanes = new Lanes(4, never);
    const done: string[] = [];
    lanes.enqueue('a', async (pause) => {
      await pause(20);
      done.push('a1');
    });
    lanes.enqueue('a', () => Promise.resolve(void done.push('a2')));
    lanes.enqueue('b', () => Promise.resolve(void done.push('b1')));
    await lanes.idle();
    expect(done).toEqual(['b1', 'a1', 'a2']);
  });

  it('run no more tasks at once than allowed', async () => {
    const lanes = new Lanes(3, never);
    let [running, most] = [0, 0];
    for (let index = 0; index < 20; index++) {
      lanes.enqueue(String(index), async () => {
        most = Math.max(most, (running += 1));
        await delay(2);
        running -= 1;
      });
    }
    await lanes.idle();
    expect(most).toBe(3);
  });

  it('give the place of a pausing task to others', async () => {
    const lanes = new Lanes(1, never);
    const done: string[] = [];
    lanes.enqueue('a', async (pause) => {
      await pause(20);
      done.push('paused');
    });
    lanes.enqueue('b', () => Promise.resolve(void done.push('other')));
    await lanes.idle();
    expect(done).toEqual(['other', 'paused']);
  });

  it('end a pause at once when everything stops', async () => {
    const stopping = new AbortController();
    const lanes = new Lanes(1, stopping.signal);
    lanes.enqueue('a', (pause) => pause(60_000));
    stopping.abort();
    await lanes.idle();
  });
});
