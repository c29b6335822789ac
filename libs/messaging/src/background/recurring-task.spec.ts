import { Logger } from '@nestjs/common';
import { Clock } from '#platform';
import { FixedClock } from '#testing';
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
    const task = new RecurringTask('test', { intervalMs: 10, work, clock: new Clock() });
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
    const task = new RecurringTask('sweep events', { intervalMs: 10, work, clock: new Clock() });
    task.start();
    await jest.advanceTimersByTimeAsync(25);
    expect(work).toHaveBeenCalledTimes(2);
    expect(log).toHaveBeenCalledWith({ err: failure, task: 'sweep events' }, expect.any(String));
    await task.stop();
  });

  it('says when it ran last, whether that failed, and when it runs next', async () => {
    jest.spyOn(Logger.prototype, 'error').mockImplementation();
    const work = jest.fn().mockRejectedValueOnce(new Error('no connection')).mockResolvedValue(undefined);
    const clock = new FixedClock('2027-01-01T08:00:00Z');
    const task = new RecurringTask('sweep events', { intervalMs: 60_000, work, clock });
    task.start();
    const never = { name: 'sweep events', everySeconds: 60, lastAt: null, hasFailed: false };
    expect(task.standing()).toEqual({ ...never, nextAt: '2027-01-01T08:01:00.000Z' });
    clock.advance(60_000);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(task.standing()).toMatchObject({ lastAt: '2027-01-01T08:01:00.000Z', hasFailed: true });
    clock.advance(60_000);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(task.standing()).toMatchObject({ hasFailed: false, nextAt: '2027-01-01T08:03:00.000Z' });
    await task.stop();
  });

  it('ends with the run under way, and starts no other', async () => {
    let end = (): void => undefined;
    const work = jest.fn(() => new Promise<void>((resolve) => (end = resolve)));
    const task = new RecurringTask('test', { intervalMs: 10, work, clock: new Clock() });
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
