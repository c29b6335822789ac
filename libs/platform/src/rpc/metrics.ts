import { declareGauge, declareHistogram } from '../metrics';
import type { CallLimit } from './call-limit';

export const handledCalls = declareHistogram(
  {
    name: 'rpc_handled_seconds',
    help: "Time from a call's sending to its answer",
    where: 'every service',
    labels: { operation: 'its subject, `rpc.finance.payout.order`', outcome: 'done, refused' },
  },
  [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3],
);

const CLASS = { class: 'ordinary; long for what waits on purpose' };
const callsInFlight = declareGauge({
  name: 'rpc_calls_in_flight',
  help: 'Calls that were taken and are not answered yet',
  where: 'every service',
});
const callLimit = declareGauge({
  name: 'rpc_call_limit',
  help: 'How many calls are taken at once now; it falls while they take too long',
  where: 'every service',
  labels: CLASS,
});
const callsShed = declareGauge({
  name: 'rpc_calls_shed',
  help: 'Calls refused since the start because as many as may be were in hand',
  where: 'every service',
  labels: CLASS,
});

/** Shows how many calls are in hand, how many may be, and how many were refused for it. */
export function exposeLimits(limits: Readonly<Record<string, CallLimit>>, inFlight: () => number): void {
  callsInFlight.expose((gauge) => {
    gauge.set(inFlight());
  });
  callLimit.expose((gauge) => {
    for (const [name, limit] of Object.entries(limits)) gauge.set({ class: name }, limit.current);
  });
  callsShed.expose((gauge) => {
    for (const [name, limit] of Object.entries(limits)) gauge.set({ class: name }, limit.shed);
  });
}
