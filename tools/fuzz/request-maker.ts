import { gzipSync } from 'node:zlib';
import { OPERATIONS, type Operation, pathParameters, type Role, ROLES } from '#contracts';
import { hostileText, hostileValue } from './hostile';
import { type KnownThings, kindOf } from './known-things';
import { madeFrom } from './made-from-schema';
import type { Random } from './random';

export interface FuzzRequest {
  readonly operation: Operation;
  readonly as: Role | undefined;
  readonly method: string;
  /** With the query, below the platform's address. */
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array<ArrayBuffer> | undefined;
  /** The members that stand in the path. */
  readonly path: Readonly<Record<string, string>>;
}

/** Makes requests out of the declared operations: most nearly right, many hostile, on things that earlier requests made. */
export class RequestMaker {
  constructor(
    private readonly random: Random,
    private readonly known: KnownThings,
  ) {}

  next(): FuzzRequest {
    const { random } = this;
    const operation = random.pick(OPERATIONS) as Operation;
    const path = this.path(operation);
    const hostility = random.pick([0, 0, 0.02, 0.1, 0.4]);
    const members = madeFrom(operation.request, { random, hostility, idFor: (name) => this.known.idFor(name, random) });
    const rest = Object.fromEntries(Object.entries(members).filter(([name]) => !(name in path)));
    const body = operation.isWrite ? this.body(operation, rest) : { payload: undefined, headers: {} };
    return {
      operation,
      as: this.role(operation),
      method: random.isBelow(0.02) ? random.pick(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) : operation.http.method,
      url: this.url(operation, path, operation.isWrite ? {} : rest),
      headers: { ...body.headers, ...this.headers(operation, path) },
      body: body.payload,
      path,
    };
  }

  private role({ allow }: Operation): Role | undefined {
    if (this.random.isBelow(0.03)) return undefined;
    return this.random.isBelow(0.85) ? this.random.pick(Object.keys(allow) as Role[]) : this.random.pick(ROLES);
  }

  private path({ http }: Operation): Record<string, string> {
    const { random } = this;
    return Object.fromEntries(
      pathParameters(http.path).map((name) => {
        const known = this.known.pick(kindOf(http.path, name), random);
        if (known && random.isBelow(0.85)) return [name, known.id];
        const stranger = name.endsWith('Id') ? random.uuid() : String(random.pick([1, 2026, 2027]));
        return [name, random.isBelow(0.1) ? hostileText(random) : stranger];
      }),
    );
  }

  private url({ http }: Operation, path: Readonly<Record<string, string>>, query: Record<string, unknown>): string {
    const filled = http.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(wellFormed(path[name])));
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query))
      search.set(name, textOf(Array.isArray(value) ? value.map(textOf).join(',') : value).slice(0, 2000));
    return `/v1${filled}${search.size > 0 ? `?${search.toString()}` : ''}`;
  }

  private headers(operation: Operation, path: Readonly<Record<string, string>>): Record<string, string> {
    const { random } = this;
    const headers: Record<string, string> = {};
    if (operation.isWrite && random.isBelow(0.95))
      headers['idempotency-key'] = random.isBelow(0.9) ? random.uuid() : random.pick(['same', 'a b', 'x'.repeat(200)]);
    const last = pathParameters(operation.http.path).at(-1);
    if (operation.precondition === 'required' && last !== undefined && random.isBelow(0.95)) {
      const version = this.known.version(kindOf(operation.http.path, last), path[last] ?? '') ?? 1 + random.below(4);
      headers['if-match'] = random.isBelow(0.9) ? `"${version}"` : random.pick(['*', 'W/"1"', '"x"', '"-1"', '1']);
    }
    if (random.isBelow(0.05)) headers['accept-language'] = random.pick(['de', 'xx;q=9', 'de;q=abc,,']);
    if (random.isBelow(0.05)) headers['accept'] = random.pick(['text/html', '*/*', 'application/json;q=0', ',,']);
    if (random.isBelow(0.05)) headers['traceparent'] = random.pick(['x', `00-${random.hex(32)}-${random.hex(16)}-01`]);
    if (operation.settles && random.isBelow(0.1)) headers['prefer'] = random.pick(['wait=1', 'wait=-1', 'wait=1e9']);
    return headers;
  }

  private body(
    { http }: Operation,
    members: Record<string, unknown>,
  ): { payload: FuzzRequest['body']; headers: Record<string, string> } {
    const { random } = this;
    const json = http.method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const type = random.isBelow(0.02)
      ? random.pick(['text/plain', 'application/xml', 'multipart/form-data', 'application/json; charset=utf-16', 'x'])
      : json;
    const headers = { 'content-type': type };
    if (http.upload && random.isBelow(0.7)) {
      const mediaType = random.pick(http.upload.mediaTypes) ?? json;
      return { payload: this.file(mediaType), headers: { 'content-type': mediaType } };
    }
    if (random.isBelow(0.02)) return { payload: this.brokenJson(), headers };
    if (random.isBelow(0.02)) return { payload: JSON.stringify(hostileValue(random)), headers };
    return { payload: JSON.stringify(members), headers };
  }

  private brokenJson(): string {
    return this.random.pick([
      '',
      '{',
      '{"a":1}}',
      "{'a':1}",
      '{"__proto__":{"a":1}}',
      '{"constructor":{"prototype":{}}}',
      '[1,',
      '\ufeff{}',
      '{"a":1,"a":2}',
      `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
      '"\\ud800"',
      'NaN',
    ]);
  }

  private file(mediaType: string): Uint8Array<ArrayBuffer> {
    const { random } = this;
    const text = random.pick([
      '',
      random.hex(2000),
      '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>',
      `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "${'c'.repeat(100)}">]><a>&b;&b;</a>`,
      `${'<a>'.repeat(3000)}${'</a>'.repeat(3000)}`,
      `<sanctions>${'<entity name="x"/>'.repeat(500)}</sanctions>`,
      `name;birth\n${'=1+1;2026-02-30\n'.repeat(200)}`,
      JSON.stringify(hostileValue(random)),
    ]);
    const bytes = Buffer.from(text);
    const made = mediaType.includes('gzip') && random.isBelow(0.7) ? gzipSync(bytes) : bytes;
    return new Uint8Array(random.isBelow(0.1) ? made.subarray(0, made.length / 2) : made);
  }
}

function textOf(value: unknown): string {
  return wellFormed(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
}

// Half a surrogate pair has no UTF-8, so it cannot be sent in a URL.
function wellFormed(text = ''): string {
  return text.toWellFormed();
}
