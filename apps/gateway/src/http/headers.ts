import { hash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { AppError, fieldError, type Operation } from '#contracts';
import type { OperationRoute } from './operation-routes';

/**
 * A strong entity tag as the API writes it. `If-Match` asks for the version, which is all that a change is refused by; a read also says
 * things that change without it (what can be done now, what was proposed, what this caller may see), so that its tag has a hash of the
 * reply beside the version.
 */
export function etag(version: number, read?: Buffer): string {
  return read === undefined
    ? `"${version}"`
    : `"${version}-${hash('sha256', read, 'base64url').slice(0, HASH_LENGTH)}"`;
}
const HASH_LENGTH = 16;

/** The bearer token of RFC 6750; undefined without one, or when it cannot be one. */
export function bearerToken(request: FastifyRequest): string | undefined {
  return /^Bearer ([\w.~+/-]+=*)$/i.exec(request.headers.authorization ?? '')?.[1];
}

/** The version in `If-Match`, where the operation changes an existing resource. */
export function expectedVersion(route: OperationRoute, request: FastifyRequest): number | undefined {
  if (route.createsById && request.headers['if-none-match'] !== '*') {
    throw fieldError('PLATFORM_VERSION_REQUIRED', '#header/If-None-Match', 'PUT creates; send If-None-Match: *');
  }
  const header = request.headers['if-match'];
  if (header === undefined) {
    if (route.operation.precondition === 'required') throw new AppError('PLATFORM_VERSION_REQUIRED');
    return undefined;
  }
  const version = /^"(\d{1,9})(?:-[\w-]{16})?"$/.exec(header)?.[1];
  if (version === undefined) {
    // A weak or foreign tag can never match a strong one (RFC 9110 13.1.1); a wildcard would switch the protection off.
    throw header === '*'
      ? fieldError('PLATFORM_REQUEST_INVALID', '#header/If-Match', 'send the ETag you read, such as "3"')
      : new AppError('PLATFORM_VERSION_STALE');
  }
  return Number(version);
}

/** The `Idempotency-Key` of a write; demanded where money or commitments move. */
export function idempotencyKey(operation: Operation, request: FastifyRequest): string | undefined {
  if (!operation.isWrite) return undefined;
  const header = request.headers['idempotency-key'];
  if (header === undefined) {
    if (operation.idempotency === 'required') throw new AppError('PLATFORM_IDEMPOTENCY_KEY_MISSING');
    return undefined;
  }
  if (typeof header !== 'string' || !/^[\x21-\x7e]{1,64}$/.test(header)) {
    throw fieldError('PLATFORM_REQUEST_INVALID', '#header/Idempotency-Key', '1 to 64 visible ASCII characters');
  }
  return header;
}

export const MERGE_PATCH = 'application/merge-patch+json';
const JSON_TYPE = 'application/json';

export function mediaTypeOf(request: FastifyRequest): string | undefined {
  return request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
}

/** PATCH takes a merge patch and nothing else; the other writes plain JSON, and some a file instead: 415 otherwise. */
export function checkMediaType(operation: Operation, request: FastifyRequest): void {
  const mediaType = mediaTypeOf(request);
  if (mediaType === undefined || !operation.isWrite) return;
  const accepted =
    operation.http.method === 'PATCH' ? [MERGE_PATCH] : [JSON_TYPE, ...(operation.http.upload?.mediaTypes ?? [])];
  if (!accepted.includes(mediaType)) throw new AppError('PLATFORM_MEDIA_TYPE_UNSUPPORTED', { accepted });
}

const WAIT_SECONDS_MAX = 10;

/** Seconds of `Prefer: wait=N` (RFC 7240), at most ten; 0 when the client does not want to wait. */
export function waitSeconds(request: FastifyRequest): number {
  const preferences = [request.headers.prefer ?? []].flat().join(',');
  const wait = /(?:^|[,;\s])wait=(\d{1,3})/.exec(preferences)?.[1];
  return wait === undefined ? 0 : Math.min(Number(wait), WAIT_SECONDS_MAX);
}

/** 406 when the client accepts neither JSON nor, for a file, its media type. */
export function checkAccept(operation: Operation, request: FastifyRequest): void {
  const accept = request.headers.accept;
  if (accept === undefined) return;
  const accepted = accept.split(',').map((range) => range.split(';')[0]?.trim().toLowerCase() ?? '');
  const offered = operation.http.file ?? 'application/json';
  const isAccepted = accepted.some(
    (range) => range === '*/*' || range === offered || range === `${offered.split('/')[0]}/*`,
  );
  if (!isAccepted) throw new AppError('PLATFORM_NOT_ACCEPTABLE');
}
