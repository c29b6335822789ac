import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';
import { type FaultStack, PARTS } from './fault-stack';
import type { Scene } from './scenarios';

const PATHS = [
  '/v1/municipalities?limit=100',
  '/v1/partnerships?limit=100',
  '/v1/expert-requests?limit=100',
  '/v1/assignments?limit=100',
  '/v1/funds',
  '/v1/commitments?limit=100',
  '/v1/payouts?limit=100',
  '/v1/events?limit=100',
];

/** Far more clients at once than the platform serves in time: what is refused says when to come again, and no process ends. */
export async function crowd({ stack, print }: Scene, clients: number, seconds: number): Promise<void> {
  const before = PARTS.map((part) => stack.pid(part));
  const codes = new Map<number, number>();
  let silentRefusals = 0;
  const accepted: number[] = [];
  const [reader, writer] = [await stack.token('auditor'), await stack.token('adviser')];
  const onResponse: autocannon.Request['onResponse'] = (status, _body, _context, headers) => {
    const names = Object.keys(headers ?? {}).map((name) => name.toLowerCase());
    if ((status === 503 || status === 429) && !names.includes('retry-after')) silentRefusals += 1;
  };
  const asked = requests(reader, writer).map((request) => ({ ...request, onResponse }));
  await new Promise<void>((resolve, reject) => {
    const options = { url: stack.url, connections: clients, duration: seconds, timeout: 40, requests: asked };
    autocannon(options, (error: unknown) => (error instanceof Error ? reject(error) : resolve())).on(
      'response',
      (_client, status, _bytes, milliseconds) => {
        codes.set(status, (codes.get(status) ?? 0) + 1);
        if (status < 300) accepted.push(milliseconds);
      },
    );
  });
  const ended = PARTS.filter((part, index) => stack.pid(part) !== before[index]);
  print(
    `${clients} clients for ${seconds} s: ${[...codes]
      .sort()
      .map(([code, count]) => `${code}: ${count}`)
      .join(', ')}; ${ended.length} processes ended`,
  );
  print(
    `  accepted: p50 ${at(accepted, 0.5)} ms, p99 ${at(accepted, 0.99)} ms; ${silentRefusals} refusals without Retry-After`,
  );
  printPeaks(stack, print);
  if (ended.length > 0) throw new Error(`ended under load: ${ended.join(', ')}`);
}

/** The most memory that each process has had resident so far. */
export function printPeaks(stack: FaultStack, print: Scene['print']): void {
  const peaks = PARTS.map((part) => `${part} ${peakMiB(stack.pid(part))}`);
  print(`  most memory resident so far, MiB: ${peaks.join(', ')}`);
}

function requests(reader: string, writer: string): autocannon.Request[] {
  const reads = PATHS.map((path) => ({ method: 'GET' as const, path, headers: { authorization: `Bearer ${reader}` } }));
  const write: autocannon.Request = {
    method: 'POST',
    path: '/v1/municipalities',
    setupRequest: (request) => ({
      ...request,
      headers: {
        authorization: `Bearer ${writer}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify({
        side: 'PARTNER',
        names: { official: `Crowd ${randomUUID()}` },
        country: 'TZ',
        kind: 'MUNICIPALITY',
        identifiers: [],
      }),
    }),
  };
  return [...reads, write];
}

function peakMiB(pid: number | undefined): number {
  const kilobytes = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid ?? 'self'}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes ?? 0) / 1024);
}

function at(milliseconds: number[], share: number): string {
  const sorted = milliseconds.sort((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(0);
}
