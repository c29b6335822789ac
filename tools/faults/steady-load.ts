import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { FaultStack } from './fault-stack';

const READERS = 4;
const WRITERS = 2;
const PAUSE_MS = 20;
const ANSWER_LIMIT_MS = 20_000;
const READS = ['/v1/municipalities?limit=20', '/v1/expert-requests?limit=20', '/v1/funds', '/v1/events?limit=20'];

/** A few clients that read of all services and record municipalities while something goes wrong, and count what they are told. */
export class SteadyLoad {
  /** How often each answer came, by kind of request: `read 200`, `write 503 PLATFORM_STORAGE_FULL`. */
  readonly answers = new Map<string, number>();
  /** Those that were answered with 201: they must be there afterwards. */
  readonly recorded: string[] = [];
  /** Refusals with 503 that did not say when to come again. */
  withoutRetryAfter = 0;
  private readonly stopping = new AbortController();
  private readonly clients: Promise<void>[];

  constructor(private readonly stack: FaultStack) {
    this.clients = [
      ...Array.from({ length: READERS }, (_, index) =>
        this.repeat((turn) => this.read(READS[(index + turn) % READS.length] ?? '')),
      ),
      ...Array.from({ length: WRITERS }, () => this.repeat(() => this.write())),
    ];
  }

  /** Answers how many recorded municipalities are missing: none may be. */
  async stop(): Promise<number> {
    this.stopping.abort();
    await Promise.all(this.clients);
    const rows = await this.stack.ask<{ found: number }>(
      'SELECT count(*)::int AS found FROM partnership.municipality WHERE id = ANY ($1::uuid[])',
      [this.recorded],
    );
    return this.recorded.length - (rows[0]?.found ?? 0);
  }

  count(kind: RegExp): number {
    return [...this.answers].filter(([key]) => kind.test(key)).reduce((sum, [, count]) => sum + count, 0);
  }

  summary(): string {
    return [...this.answers]
      .sort()
      .map(([key, count]) => `${key}: ${count}`)
      .join(', ');
  }

  /** Forgets what was counted so far, not what was recorded. */
  beginAnew(): void {
    this.answers.clear();
  }

  private async repeat(work: (turn: number) => Promise<void>): Promise<void> {
    for (let turn = 0; !this.stopping.signal.aborted; turn++) {
      await work(turn);
      await delay(PAUSE_MS);
    }
  }

  private async read(path: string): Promise<void> {
    await this.ask('read', path, { method: 'GET' }, 'auditor');
  }

  private async write(): Promise<void> {
    const body = {
      side: 'PARTNER',
      names: { official: `Fault ${randomUUID()}` },
      country: 'TZ',
      kind: 'MUNICIPALITY',
      identifiers: [],
    };
    const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
    const init = { method: 'POST', headers, body: JSON.stringify(body) };
    const answer = await this.ask('write', '/v1/municipalities', init, 'adviser');
    if (answer?.id) this.recorded.push(answer.id);
  }

  private async ask(
    kind: string,
    path: string,
    init: { method: string; headers?: Record<string, string>; body?: string },
    username: string,
  ): Promise<{ id?: string } | undefined> {
    let outcome = 'no answer';
    try {
      const authorization = `Bearer ${await this.stack.token(username)}`;
      const response = await fetch(this.stack.url + path, {
        ...init,
        headers: { ...init.headers, authorization },
        signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
      });
      const answer = (await response.json()) as { id?: string; code?: string };
      outcome = response.ok ? String(response.status) : `${response.status} ${answer.code ?? ''}`;
      if (response.status === 503 && !response.headers.has('retry-after')) this.withoutRetryAfter += 1;
      return response.status === 201 ? answer : undefined;
    } catch {
      // Counted as no answer: the gateway, the provider or the connection is away.
      return undefined;
    } finally {
      const key = `${kind} ${outcome}`;
      this.answers.set(key, (this.answers.get(key) ?? 0) + 1);
    }
  }
}
