import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';

export interface Target {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Record<string, string>;
  /** A fresh body for each request. */
  readonly body?: () => unknown;
  /** A path of its own for each request, below the URL. */
  readonly path?: () => string;
}

/** How much is asked of a target in one round. */
export type Extent =
  | { readonly connections: number; readonly seconds: number }
  | { readonly connections: number; readonly amount: number };

export interface Round {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly failures: number;
}

export const CONNECTIONS = 32;

/** One round of load on a server of this machine; bounded in connections, and in time or requests. */
export async function loadRound(target: Target, extent: Extent): Promise<Round> {
  const started = performance.now();
  // A round of so many requests ends with its last answer; autocannon itself looks at the clock once a second.
  let endedAt = started;
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const options = optionsOf(target, extent);
    autocannon(options, (error: unknown, done) => (error instanceof Error ? reject(error) : resolve(done))).on(
      'response',
      () => (endedAt = performance.now()),
    );
  });
  const seconds = 'amount' in extent ? (endedAt - started) / 1000 : result.duration;
  return {
    requestsPerSecond: result['2xx'] / seconds,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    failures: result.non2xx + result.errors + result.timeouts,
  };
}

function optionsOf(target: Target, extent: Extent): autocannon.Options {
  const { origin, pathname } = new URL(target.url);
  return {
    url: origin,
    connections: extent.connections,
    ...('amount' in extent ? { amount: extent.amount } : { duration: extent.seconds }),
    requests: [
      {
        method: target.method,
        path: pathname,
        headers: target.headers,
        setupRequest: (request) => ({
          ...request,
          path: pathname + (target.path?.() ?? ''),
          ...(target.method === 'POST' && {
            headers: keyed(target.headers),
            body: JSON.stringify(target.body?.() ?? {}),
          }),
        }),
      },
    ],
  };
}

function keyed(headers: Record<string, string>): Record<string, string> {
  return { ...headers, 'content-type': 'application/json', 'idempotency-key': randomUUID() };
}
