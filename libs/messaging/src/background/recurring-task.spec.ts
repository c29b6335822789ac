import { Logger } from '@nestjs/common';
import { RecurringTask } from './recurring-task';

describe('a recurring task', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it('runs at each interval, and never twice at the same time', async () => {
    const ends: (() => void)[] = [];
    const work = jest.fn(() => new Promise<void>((resolve) => ends.push(resolve)));
    const task = new RecurringTask('test', { intervalMs: 10, work });
    task.start();
    task.start();
    await jest.advanceTimersByTimeAsync(35);
    expect(work).toHaveBeenCalledTimes(1);
    ends[0]?.();
    await jest.advanceTimersByTimeAsync(10);
    expect(work).toHaveBeenCalledTimes(2);
    ends[1]?.();
    await task.stop();
  });

  it('logs what fails, with the name of the task, and tries again', async () => {
    const log = jest.spyOn(Logger.prototype, 'error').mockImplementation();
    const failure = new Error('no connection');
    const work = jest.fn(() => Promise.reject(failure));
    const task = new RecurringTask('sweep events', { intervalMs: 10, work });
    task.start();
    await jest.advanceTimersByTimeAsync(25);
    expect(work).toHaveBeenCalledTimes(2);
    expect(log).toHaveBeenCalledWith({ err: failure, task: 'sweep events' }, expect.any(String));
    await task.stop();
  });

  it('ends with the run under way, and starts no other', async () => {
    let end = (): void => undefined;
    const work = jest.fn(() => new Promise<void>((resolve) => (end = resolve)));
    const task = new RecurringTask('test', { intervalMs: 10, work });
    task.start();
    await jest.advanceTimersByTimeAsync(10);
    let hasStopped = false;
    const stopped = task.stop().then(() => (hasStopped = true));
    await jest.advanceTimersByTimeAsync(50);
    expect(hasStopped).toBe(false);
    end();
    await stopped;
    await jest.advanceTimersByTimeAsync(50);
    expect(work).toHaveBeenCalledTimes(1);
  });
});
