import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Collects what start-up left behind: decorators and schemas leave more garbage than the work after them. V8 waits for the heap to grow
 * before it does so itself, and a process that idles keeps the memory until then.
 */
export function releaseStartUpMemory(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
}
