import { Gauge, Histogram, register } from 'prom-client';
import type { CallLimit } from './call-limit';

export const handledCalls =
  (register.getSingleMetric('rpc_handled_seconds') as Histogram<'operation' | 'outcome'> | undefined) ??
  new Histogram({
    name: 'rpc_handled_seconds',
    help: "Time from a call's sending to its answer",
    labelNames: ['operation', 'outcome'] as const,
    buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3],
  });

/** Shows how many calls are in hand, how many may be, and how many were refused for it. */
export function exposeLimits(limits: Readonly<Record<string, CallLimit>>, inFlight: () => number): void {
  for (const name of ['rpc_calls_in_flight', 'rpc_call_limit', 'rpc_calls_shed']) register.removeSingleMetric(name);
  new Gauge({
    name: 'rpc_calls_in_flight',
    help: 'Calls that were taken and are not answered yet',
    collect() {
      this.set(inFlight());
    },
  });
  gauge(
    'rpc_call_limit',
    'How many calls are taken at once now; it falls while they take too long',
    (it) => it.current,
  );
  gauge('rpc_calls_shed', 'Calls refused since the start because as many as may be were in hand', (it) => it.shed);

  function gauge(name: string, help: string, valueOf: (limit: CallLimit) => number): void {
    new Gauge({
      name,
      help,
      labelNames: ['class'] as const,
      collect() {
        for (const [limitClass, limit] of Object.entries(limits)) this.set({ class: limitClass }, valueOf(limit));
      },
    });
  }
}
