import type { Operation } from '#contracts';

/**
 * Kinds of work that are limited apart, so that one that is used up leaves the others: reading, searching in texts, writing, acts
 * that move or bind money, files in and out; and everything that comes without a known token, by network address.
 */
export const RATE_CLASSES = ['read', 'search', 'write', 'money', 'files', 'address'] as const;
export type RateClass = (typeof RATE_CLASSES)[number];

/** Read from the declaration: what demands an Idempotency-Key moves money, what has `q` searches. */
export function rateClassOf(operation: Operation): RateClass {
  if (operation.http.upload ?? operation.http.file) return 'files';
  if (operation.isWrite) return operation.idempotency === 'required' ? 'money' : 'write';
  return 'q' in operation.request.shape ? 'search' : 'read';
}
