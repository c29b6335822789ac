import { setTimeout as delay } from 'node:timers/promises';
import type { Role } from '#contracts';
import { KnownThings } from './known-things';
import { Random } from './random';
import { type FuzzRequest, RequestMaker } from './request-maker';

export interface FuzzTarget {
  readonly url: string;
  token(role: Role): Promise<string>;
}

export interface FuzzOptions {
  readonly requests: number;
  readonly seed: number;
  readonly connections: number;
  /** How often a request is sent again that a busy platform put off (503, 504), as Retry-After asks; none where that is a finding. */
  readonly patience?: number;
  /** Called now and then with the number of requests that were answered. */
  readonly progress?: (answered: number) => void;
}

/** An answer that should not be, and how to get it again. */
export interface Finding {
  readonly what: string;
  readonly request: string;
  readonly answer: string;
}

export interface FuzzReport {
  /** `2xx` -> how many. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly operations: number;
  readonly succeeded: number;
  readonly knownThings: number;
  /** Answers of 503 and 504 after which a request was sent again, as they asked. */
  readonly putOff: number;
  readonly findings: readonly Finding[];
}

const PUT_OFF: ReadonlySet<number> = new Set([503, 504]);
const SHOWN_MAX = 1500;
const ANSWER_LIMIT_MS = 40_000;

/**
 * Sends hostile and nearly right requests to every operation in every role. Finds what must never be answered: 5xx, an error that is no
 * problem, an answer that shows our insides, or none at all. The same seed makes the same requests while the platform answers alike.
 */
export async function fuzz(target: FuzzTarget, options: FuzzOptions): Promise<FuzzReport> {
  const run = new Run(target, options);
  await Promise.all(Array.from({ length: options.connections }, () => run.work()));
  return run.report();
}

class Run {
  private readonly random: Random;
  private readonly known = new KnownThings();
  private readonly maker: RequestMaker;
  private readonly statuses = new Map<string, number>();
  private readonly asked = new Set<string>();
  private readonly succeeded = new Set<string>();
  private readonly findings: Finding[] = [];
  private sent = 0;
  private putOff = 0;

  constructor(
    private readonly target: FuzzTarget,
    private readonly options: FuzzOptions,
  ) {
    this.random = new Random(options.seed);
    this.maker = new RequestMaker(this.random, this.known);
  }

  async work(): Promise<void> {
    while (this.sent < this.options.requests) {
      this.sent += 1;
      if (this.sent % 1000 === 0) this.options.progress?.(this.sent);
      await this.one(this.maker.next());
    }
  }

  report(): FuzzReport {
    return {
      statuses: Object.fromEntries([...this.statuses].sort()),
      operations: this.asked.size,
      succeeded: this.succeeded.size,
      knownThings: this.known.count,
      putOff: this.putOff,
      findings: this.findings,
    };
  }

  private async one(request: FuzzRequest): Promise<void> {
    const { operation } = request;
    this.asked.add(operation.subject);
    try {
      let response = await this.send(request);
      for (let more = this.options.patience ?? 0; more > 0 && PUT_OFF.has(response.status); more -= 1) {
        this.putOff += 1;
        await delay(Number(response.headers.get('retry-after')) * 1000);
        response = await this.send(request);
      }
      this.judge(request, response, await response.text());
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : '';
      this.find('no answer', request, `${String(error)} ${cause}`);
    }
  }

  private async send(request: FuzzRequest): Promise<Response> {
    return fetch(`${this.target.url}${request.url}`, {
      method: request.method,
      headers: { ...request.headers, ...(await this.authorization(request)) },
      body: request.method === 'GET' ? undefined : request.body,
      signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
    });
  }

  private async authorization({ as }: FuzzRequest): Promise<Record<string, string>> {
    return as === undefined ? {} : { authorization: `Bearer ${await this.target.token(as)}` };
  }

  private judge(request: FuzzRequest, response: Response, text: string): void {
    const { status } = response;
    const kind = `${Math.floor(status / 100)}xx`;
    this.statuses.set(kind, (this.statuses.get(kind) ?? 0) + 1);
    this.statuses.set(String(status), (this.statuses.get(String(status)) ?? 0) + 1);
    if (status >= 500) this.find(`status ${status}`, request, text);
    else if (status >= 400 && !isProblem(response, text)) this.find('no problem', request, text);
    if (/node_modules|\.[jt]s:\d+:\d+|SELECT .* FROM /.test(text)) this.find('our insides', request, text);
    if (!response.headers.has('traceparent')) this.find('no trace', request, text);
    if (status >= 300 || response.headers.get('content-type')?.includes('json') !== true) return;
    this.succeeded.add(request.operation.subject);
    this.known.learn(request.operation, request.path, JSON.parse(text));
  }

  private find(what: string, request: FuzzRequest, answer: string): void {
    const { method, url, as = 'nobody', headers, body } = request;
    const shown = typeof body === 'string' ? body : `${body?.byteLength ?? 0} bytes`;
    this.findings.push({
      what,
      request: `${method} ${url} as ${as} ${JSON.stringify(headers)} ${shown}`.slice(0, SHOWN_MAX),
      answer: answer.slice(0, SHOWN_MAX),
    });
  }
}

function isProblem(response: Response, text: string): boolean {
  if (response.headers.get('content-type')?.startsWith('application/problem+json') !== true) return false;
  const { type, title, status, detail, code, traceId } = JSON.parse(text) as Record<string, unknown>;
  const texts = [type, title, detail, code, traceId].every((member) => typeof member === 'string' && member !== '');
  return texts && status === response.status;
}
