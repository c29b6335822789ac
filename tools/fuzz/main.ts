import { parseArgs } from 'node:util';
import { gatewayUrl } from '../demo/environment';
import { requestDemoToken, user } from '../demo/demo-token';
import { runningStack } from '../stack/running-stack';
import { fuzz, type FuzzReport, type FuzzTarget } from './fuzz';
import { settledMemory } from './memory';

const WARM_UP_REQUESTS = 3000;
/** A platform that says to come later is asked later: the rate is one that it takes. A refusal that does not pass is a finding. */
const PATIENCE = 5;
/** What the processes may hold more after the requests than before them. */
const GROWTH_MAX = 1.3;
const TOKEN_MS = 120_000;

/**
 * `npm run fuzz`: hostile requests to the platform that `npm start` runs, on this machine only. `-- --requests 30000 --seed 1
 * --connections 8`. Fails on any answer of 5xx, any error that is no problem, and memory that grows.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      requests: { type: 'string', default: '30000' },
      seed: { type: 'string', default: '1' },
      connections: { type: 'string', default: '8' },
    },
  });
  const [requests, seed, connections] = [Number(values.requests), Number(values.seed), Number(values.connections)];
  const target = { url: gatewayUrl(), token: tokens() } satisfies FuzzTarget;
  if (!/^127\./.test(new URL(target.url).hostname)) throw new Error('only a platform on this machine is fuzzed');
  const stack = runningStack();
  // Programs are compiled and pools filled by the first requests: growth is measured from there.
  await fuzz(target, {
    requests: Math.min(requests, WARM_UP_REQUESTS),
    seed: seed + 1,
    connections,
    patience: PATIENCE,
  });
  const before = await settledMemory(stack?.pid);
  const started = performance.now();
  const report = await fuzz(target, {
    requests,
    seed,
    connections,
    patience: PATIENCE,
    progress: (sent) => console.log(`${sent} requests`),
  });
  print(report, { requests, seed, seconds: (performance.now() - started) / 1000 });
  const grown = compare(before, await settledMemory(stack?.pid));
  if (report.findings.length > 0 || grown.length > 0) process.exitCode = 1;
}

function tokens(): FuzzTarget['token'] {
  const known = new Map<string, { token: Promise<string>; until: number }>();
  return (role) => {
    const kept = known.get(role);
    if (kept && kept.until > Date.now()) return kept.token;
    const token = requestDemoToken(user(role));
    known.set(role, { token, until: Date.now() + TOKEN_MS });
    return token;
  };
}

function print(report: FuzzReport, run: { requests: number; seed: number; seconds: number }): void {
  const { statuses, operations, succeeded, knownThings, putOff, findings } = report;
  console.log(`${run.requests} requests, seed ${run.seed}, ${run.seconds.toFixed(0)} s`);
  console.log(
    `${operations} operations asked, ${succeeded} of them with success; ${knownThings} things known; ${putOff} times asked to come later`,
  );
  console.log(
    Object.entries(statuses)
      .map(([status, count]) => `${status}: ${count}`)
      .join('  '),
  );
  for (const { what, request, answer } of findings.slice(0, 50)) console.log(`\n${what}\n  ${request}\n  ${answer}`);
  console.log(`${findings.length} findings`);
}

/** Names of the processes that hold too much more. */
function compare(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): string[] {
  const rows = [...after].map(([name, mib]) => ({ name, mib, factor: mib / (before.get(name) ?? mib) }));
  for (const { name, mib, factor } of rows)
    console.log(
      `${name.padEnd(18)} ${(before.get(name) ?? 0).toFixed(0)} -> ${mib.toFixed(0)} MiB, x ${factor.toFixed(2)}`,
    );
  return rows.filter(({ factor }) => factor > GROWTH_MAX).map(({ name }) => name);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
