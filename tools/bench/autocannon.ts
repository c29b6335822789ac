import { randomUUID } from 'node:crypto';
import autocannon from 'autocannon';
import { type Extent, type Round, type Target, UNIQUE } from './load';

/** autocannon in a process of its own: asks a target as the first message says, and answers the round. */
process.once('message', ({ target, extent }: { target: Target; extent: Extent }) => {
  void loadRound(target, extent).then((round) => process.send?.(round));
});

async function loadRound(target: Target, extent: Extent): Promise<Round> {
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
    requests: result['2xx'],
    requestsPerSecond: result['2xx'] / seconds,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    failures: result.non2xx + result.errors + result.timeouts,
  };
}

function optionsOf({ url, method, headers, body, names, rows }: Target, extent: Extent): autocannon.Options {
  const { origin } = new URL(url);
  const path = url.slice(origin.length);
  const left = [...(names ?? [])];
  let sent = 0;
  const nextName = (): string => {
    if (!rows) return left.pop() ?? UNIQUE;
    sent += 1;
    return `${rows.prefix}${(((sent * 7919) % rows.count) + 1).toString(16).padStart(12, '0')}`;
  };
  return {
    url: origin,
    connections: extent.connections,
    ...('amount' in extent ? { amount: extent.amount } : { duration: extent.seconds }),
    requests: [
      {
        method,
        path,
        headers,
        setupRequest: (request) => ({
          ...request,
          path: path.replace(UNIQUE, nextName()),
          ...(method === 'POST' && {
            headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
            body: (body ?? '{}').replace(UNIQUE, randomUUID()),
          }),
        }),
      },
    ],
  };
}
