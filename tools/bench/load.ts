import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';

export interface Target {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Record<string, string>;
  /** A fresh body for each request. */
  readonly body?: () => unknown;
}

export interface Round {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly failures: number;
}

export const CONNECTIONS = 32;

/** One round of load on a server of this machine; bounded in connections and time. */
export async function loadRound(target: Target, seconds: number): Promise<Round> {
  const result = await autocannon({
    url: target.url,
    connections: CONNECTIONS,
    duration: seconds,
    requests: [
      {
        method: target.method,
        headers: target.headers,
        setupRequest: (request) =>
          target.body ? { ...request, headers: keyed(target.headers), body: JSON.stringify(target.body()) } : request,
      },
    ],
  });
  return {
    requestsPerSecond: result['2xx'] / result.duration,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    failures: result.non2xx + result.errors + result.timeouts,
  };
}

function keyed(headers: Record<string, string>): Record<string, string> {
  return { ...headers, 'content-type': 'application/json', 'idempotency-key': randomUUID() };
}
