import { setTimeout as delay } from 'node:timers/promises';

const PAUSE_MS = 25;

/** Repeats the assertion until it holds and answers its value; after `timeoutMs` it fails with the assertion's own words. */
export async function eventually<T>(assertion: () => T | Promise<T>, timeoutMs = 10_000): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (Date.now() >= end) throw error;
    }
    await delay(PAUSE_MS);
  }
}
