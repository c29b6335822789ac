import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { DemoUser } from './demo-token';

/** A refusal of the API, as the problem it answered. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly problem: Record<string, unknown>,
    request: string,
  ) {
    super(
      `${request} -> ${status} ${code}: ${String(problem.detail)} ${JSON.stringify(problem.errors ?? problem.details ?? {})}`,
    );
  }
}

export interface ApiResponse<T> {
  readonly status: number;
  readonly body: T;
  readonly etag: string | null;
  readonly headers: Headers;
}

interface RequestOptions {
  readonly body?: unknown;
  readonly ifMatch?: number;
  readonly ifNoneMatch?: '*';
  readonly waitSeconds?: number;
}

interface Attempt extends RequestOptions {
  readonly method: string;
  readonly path: string;
  readonly key: string;
}

const RETRIED_STATUS = new Set([502, 503, 504]);
const RETRY_FOR_MS = 60_000;

/**
 * A client of the HTTP API as any web client would be one. A write keeps its Idempotency-Key through all attempts, so that a
 * service that dies in the middle costs time but never doubles an effect.
 */
export class ApiClient {
  private readonly tokens = new Map<string, { value: string; refreshAt: number }>();
  /** Requests that needed another attempt. */
  retries = 0;

  constructor(
    private readonly baseUrl: string,
    private readonly tokenOf: (user: DemoUser) => Promise<string>,
  ) {}

  async get<T>(user: DemoUser, path: string): Promise<T> {
    return (await this.request<T>(user, 'GET', path)).body;
  }

  async post<T>(
    user: DemoUser,
    path: string,
    body: unknown = {},
    options: Omit<RequestOptions, 'body'> = {},
  ): Promise<T> {
    return (await this.request<T>(user, 'POST', path, { ...options, body })).body;
  }

  /** Every item of a list, page by page. */
  async all<T>(user: DemoUser, path: string): Promise<T[]> {
    const items: T[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const glue = path.includes('?') ? '&' : '?';
      const query: string = `${glue}limit=200${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
      const page: { items: T[]; page: { next: string | null } } = await this.get(user, path + query);
      items.push(...page.items);
      cursor = page.page.next;
    }
    return items;
  }

  async request<T>(
    user: DemoUser,
    method: string,
    path: string,
    options: RequestOptions = {},
  ): Promise<ApiResponse<T>> {
    const key = randomUUID();
    const until = Date.now() + RETRY_FOR_MS;
    for (;;) {
      const outcome = await this.attempt(user, { method, path, key, ...options });
      if (outcome.ok) return outcome.response as ApiResponse<T>;
      if (!outcome.isTransient || Date.now() > until) throw outcome.error;
      this.retries += 1;
      await delay(500);
    }
  }

  private async attempt(
    user: DemoUser,
    request: Attempt,
  ): Promise<{ ok: true; response: ApiResponse<unknown> } | { ok: false; isTransient: boolean; error: Error }> {
    const { method, path, body: content } = request;
    let response: Response;
    try {
      response = await fetch(`${this.baseUrl}/v1${path}`, {
        method,
        headers: await this.headers(user, request),
        body: content === undefined ? undefined : JSON.stringify(content),
      });
    } catch (error) {
      return { ok: false, isTransient: true, error: new Error(`${method} ${path}: no connection`, { cause: error }) };
    }
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    const body: unknown = isJson && text !== '' ? JSON.parse(text) : text;
    if (response.ok) {
      return {
        ok: true,
        response: { status: response.status, body, etag: response.headers.get('etag'), headers: response.headers },
      };
    }
    const problem = (isJson ? body : { detail: text }) as Record<string, unknown>;
    const code = typeof problem.code === 'string' ? problem.code : 'UNKNOWN';
    const isTransient = RETRIED_STATUS.has(response.status) || code === 'PLATFORM_REQUEST_IN_PROGRESS';
    return { ok: false, isTransient, error: new ApiProblem(response.status, code, problem, `${method} ${path}`) };
  }

  private async headers(user: DemoUser, { method, key, ...options }: Attempt): Promise<Record<string, string>> {
    const headers: Record<string, string> = { authorization: `Bearer ${await this.token(user)}` };
    if (options.body !== undefined) headers['content-type'] = 'application/json';
    if (method !== 'GET') headers['idempotency-key'] = key;
    if (options.ifMatch !== undefined) headers['if-match'] = `"${options.ifMatch}"`;
    if (options.ifNoneMatch) headers['if-none-match'] = options.ifNoneMatch;
    if (options.waitSeconds) headers.prefer = `wait=${options.waitSeconds}`;
    return headers;
  }

  private async token(user: DemoUser): Promise<string> {
    const id = JSON.stringify(user);
    const known = this.tokens.get(id);
    if (known && known.refreshAt > Date.now()) return known.value;
    const value = await this.tokenOf(user);
    this.tokens.set(id, { value, refreshAt: Date.now() + 120_000 });
    return value;
  }
}
