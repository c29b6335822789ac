import type { FastifyRequest } from 'fastify';
import { AppError, type Operation } from '#contracts';
import { confirmAssignment, getAssignment } from '#contracts/staffing';
import { createFund, getPaymentRunFile, importBankMessage, importSanctionsList } from '#contracts/finance';
import {
  bearerToken,
  checkAccept,
  checkMediaType,
  etag,
  expectedVersion,
  idempotencyKey,
  waitSeconds,
} from './headers';

const request = (headers: Record<string, string>) => ({ headers }) as unknown as FastifyRequest;
const route = (operation: Operation, createsById = false) => ({
  operation,
  method: operation.http.method,
  path: operation.http.path,
  createsById,
});

function codeOf(work: () => unknown): string | undefined {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  return undefined;
}

describe('If-Match', () => {
  it('is the version in quotes', () => {
    expect(expectedVersion(route(confirmAssignment), request({ 'if-match': '"7"' }))).toBe(7);
  });

  it('is the ETag of a read, of which the version counts', () => {
    const tag = etag(7, Buffer.from('{"version":7,"proposals":[]}'));
    expect(tag).not.toBe(etag(7, Buffer.from('{"version":7,"proposals":[1]}')));
    expect(expectedVersion(route(confirmAssignment), request({ 'if-match': tag }))).toBe(7);
  });

  it.each([
    [{}, 'PLATFORM_VERSION_REQUIRED'],
    [{ 'if-match': '"7-short"' }, 'PLATFORM_VERSION_STALE'],
    [{ 'if-match': 'W/"7"' }, 'PLATFORM_VERSION_STALE'],
    [{ 'if-match': '"abc"' }, 'PLATFORM_VERSION_STALE'],
    [{ 'if-match': '*' }, 'PLATFORM_REQUEST_INVALID'],
  ])('%j is refused with %s', (headers, code) => {
    expect(codeOf(() => expectedVersion(route(confirmAssignment), request(headers)))).toBe(code);
  });

  it('is not asked for on a read', () => {
    expect(expectedVersion(route(getAssignment), request({}))).toBeUndefined();
  });

  it('is replaced by If-None-Match: * where a client chooses the id', () => {
    expect(codeOf(() => expectedVersion(route(createFund, true), request({})))).toBe('PLATFORM_VERSION_REQUIRED');
    expect(expectedVersion(route(createFund, true), request({ 'if-none-match': '*' }))).toBeUndefined();
  });
});

describe('Idempotency-Key', () => {
  it('is demanded where money moves', () => {
    expect(codeOf(() => idempotencyKey(createFund, request({})))).toBe('PLATFORM_IDEMPOTENCY_KEY_MISSING');
  });

  it.each(['', 'a b', 'ä', 'x'.repeat(65)])('%j is refused', (key) => {
    expect(codeOf(() => idempotencyKey(createFund, request({ 'idempotency-key': key })))).toBe(
      'PLATFORM_REQUEST_INVALID',
    );
  });

  it('is ignored on a read', () => {
    expect(idempotencyKey(getAssignment, request({ 'idempotency-key': 'x' }))).toBeUndefined();
  });
});

describe('other headers', () => {
  it('waits ten seconds at the most', () => {
    expect(
      [{}, { prefer: 'wait=3' }, { prefer: 'respond-async, wait=99' }, { prefer: 'wait=x' }].map((headers) =>
        waitSeconds(request(headers as never)),
      ),
    ).toEqual([0, 3, 10, 0]);
  });

  it('takes a bearer token and nothing else', () => {
    expect(bearerToken(request({ authorization: 'Bearer abc.def-g' }))).toBe('abc.def-g');
    for (const authorization of ['', 'Basic abc', 'Bearer', 'Bearer a b']) {
      expect(bearerToken(request({ authorization }))).toBeUndefined();
    }
  });

  it('answers only what the client accepts', () => {
    expect(
      codeOf(() => {
        checkAccept(getAssignment, request({ accept: 'text/html' }));
      }),
    ).toBe('PLATFORM_NOT_ACCEPTABLE');
    expect(
      codeOf(() => {
        checkAccept(getAssignment, request({ accept: 'text/html, */*;q=0.1' }));
      }),
    ).toBeUndefined();
    expect(
      codeOf(() => {
        checkAccept(getPaymentRunFile, request({ accept: 'application/xml' }));
      }),
    ).toBeUndefined();
  });

  it('takes JSON for a POST and no merge patch', () => {
    expect(
      codeOf(() => {
        checkMediaType(createFund, request({ 'content-type': 'application/merge-patch+json' }));
      }),
    ).toBe('PLATFORM_MEDIA_TYPE_UNSUPPORTED');
    expect(
      codeOf(() => {
        checkMediaType(createFund, request({ 'content-type': 'application/json; charset=utf-8' }));
      }),
    ).toBeUndefined();
  });

  it.each([
    [importSanctionsList, 'application/gzip', undefined],
    [importSanctionsList, 'Application/XML; charset=utf-8', undefined],
    [importSanctionsList, 'application/json', undefined],
    [importBankMessage, 'application/gzip', 'PLATFORM_MEDIA_TYPE_UNSUPPORTED'],
    [createFund, 'application/xml', 'PLATFORM_MEDIA_TYPE_UNSUPPORTED'],
  ] as const)('takes a file only where the operation does, as it says: %#', (operation, type, code) => {
    expect(
      codeOf(() => {
        checkMediaType(operation, request({ 'content-type': type }));
      }),
    ).toBe(code);
  });
});
