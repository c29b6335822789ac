/** Where a crash hurts most; `FAILPOINT=<name>[:<nth>]` kills the process there, for tests of recovery. */
export const FAILPOINTS = [
  'command.before_commit',
  'command.after_commit',
  'relay.after_publish',
  'consumer.before_commit',
  'consumer.after_commit',
] as const;
export type Failpoint = (typeof FAILPOINTS)[number];

const [armed, nth = '1'] = (process.env['FAILPOINT'] ?? '').split(':');
let passes = 0;

if (armed && process.env['NODE_ENV'] === 'production') throw new Error('FAILPOINT is for tests only');
if (armed && !FAILPOINTS.some((name) => name === armed)) throw new Error(`FAILPOINT ${armed} does not exist`);

/** Does nothing unless this very point is armed. */
export function failpoint(name: Failpoint): void {
  if (armed !== name) return;
  passes += 1;
  if (passes === Number(nth)) process.kill(process.pid, 'SIGKILL');
}
