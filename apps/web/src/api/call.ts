import type { Operation, ReplyOf, RequestInputOf } from '#contracts';
import { currentLanguage } from '../i18n/language';
import { Problem, problemOf } from './problem';
import { httpRequest } from './request';

export interface CallOptions {
  /** The version that the person saw: `If-Match`. */
  readonly version?: number;
  /** One for each thing that a person wants done, however often it has to be sent. */
  readonly idempotencyKey?: string;
  /** Seconds that the server may wait for an outcome that needs another service. */
  readonly waitSeconds?: number;
  readonly signal?: AbortSignal;
}

/** Carries out one operation of the platform; everything but its input comes from its declaration. Refusals are thrown as Problem. */
export async function call<O extends Operation>(
  operation: O,
  input: RequestInputOf<O>,
  options: CallOptions = {},
): Promise<ReplyOf<O>> {
  const request = httpRequest(operation, input);
  const headers = headersOf(request.contentType, options, operation.isWrite);
  const response = await send(request.url, {
    method: request.method,
    headers,
    body: request.body,
    signal: options.signal,
  });
  return (await response.json()) as ReplyOf<O>;
}

/** Like fetch to our own server, but what is not a success is a Problem. */
export async function send(url: string, init: RequestInit): Promise<Response> {
  // The browser would ask whether the version is still the same, and show an old answer where more than it has changed: what can
  // be done with an object, what was proposed for it. Nor does it keep what it was told on a disk that others share.
  const response = await fetch(url, { ...init, cache: 'no-store', credentials: 'same-origin' }).catch(
    (error: unknown) => {
      if (error instanceof DOMException && error.name === 'AbortError') throw error;
      throw new Problem({ status: 0, code: 'UNREACHABLE', detail: '' }, { cause: error });
    },
  );
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** Marks a write as one of this client: another site's form cannot send it. */
export const OURS = { 'X-Requested-With': 'fund-web' };

function headersOf(contentType: string | undefined, options: CallOptions, isWrite: boolean): Record<string, string> {
  const { version, idempotencyKey, waitSeconds } = options;
  return {
    accept: 'application/json',
    'accept-language': currentLanguage(),
    ...(isWrite && OURS),
    ...(contentType !== undefined && { 'content-type': contentType }),
    ...(version !== undefined && { 'if-match': `"${version}"` }),
    ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
    ...(waitSeconds !== undefined && { prefer: `wait=${waitSeconds}` }),
  };
}
