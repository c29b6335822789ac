import type { Operation, ReplyOf } from '#contracts';
import { currentLanguage } from '../i18n/language';
import { OURS, send } from './call';

interface Sending {
  readonly query: Readonly<Record<string, string>>;
  /** One for each thing that a person wants done: sent again it happens once. */
  readonly idempotencyKey: string;
  readonly mediaType?: string;
}

/** Sends a file as the body to an operation that takes one; everything else of the request stands in the query. */
export async function sendFile<O extends Operation>(operation: O, file: Blob, sending: Sending): Promise<ReplyOf<O>> {
  const { path, method, upload } = operation.http;
  const mediaType = sending.mediaType ?? upload?.mediaTypes[0];
  if (mediaType === undefined) throw new TypeError(`${operation.subject} takes no file`);
  const response = await send(`/v1${path}?${new URLSearchParams(sending.query).toString()}`, {
    method,
    headers: {
      ...OURS,
      accept: 'application/json',
      'accept-language': currentLanguage(),
      'content-type': mediaType,
      'idempotency-key': sending.idempotencyKey,
    },
    body: file,
  });
  return (await response.json()) as ReplyOf<O>;
}
