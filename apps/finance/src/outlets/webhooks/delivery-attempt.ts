import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { FeedMessage } from '../payout-feed/payout-feed.reader';
import { AddressRefusedError, type ReceiverAddress, resolveReceiver } from './receiver-address';
import { webhookSignature } from './webhook-secret';

const TIMEOUT_MS = 10_000;
const GONE = 410;

export interface AttemptResult {
  readonly isDelivered: boolean;
  readonly isGone: boolean;
  readonly statusCode: number | null;
  readonly error: string | null;
}

/** Sends one message once. Any 2xx is a delivery; a redirect, another status, a silence of 10 s or a bad address is not. */
export async function attemptDelivery(
  webhook: { url: string; secrets: readonly string[]; allowedHosts: ReadonlySet<string> },
  message: FeedMessage,
  { now, stopping }: { now: Date; stopping: AbortSignal },
): Promise<AttemptResult> {
  try {
    const receiver = await resolveReceiver(webhook.url, webhook.allowedHosts);
    const headers = headersOf(message, webhook.secrets, now);
    const signal = AbortSignal.any([stopping, AbortSignal.timeout(TIMEOUT_MS)]);
    const statusCode = await post(receiver, message.data, { headers, signal });
    const isDelivered = statusCode >= 200 && statusCode < 300;
    const error = isDelivered ? null : `answered ${statusCode}`;
    return { isDelivered, isGone: statusCode === GONE, statusCode, error };
  } catch (error) {
    return { isDelivered: false, isGone: false, statusCode: null, error: describe(error) };
  }
}

/** Standard Webhooks, and the CloudEvents attributes in HTTP binary mode: the body is the data alone. */
function headersOf(message: FeedMessage, secrets: readonly string[], now: Date): Record<string, string> {
  const { id, data } = message;
  const timestamp = Math.floor(now.getTime() / 1000);
  return {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(data)),
    'user-agent': 'fachkraeftefonds-webhook/1',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': webhookSignature(secrets, { id, timestamp, body: data }),
    'ce-specversion': '1.0',
    'ce-id': id,
    'ce-source': '/services/finance',
    'ce-type': message.type,
    'ce-subject': message.subject,
    'ce-time': message.time.toISOString(),
    'ce-sequence': String(message.sequence),
    'ce-position': message.position.toString(),
    ...(message.signature !== null && { 'ce-signature': message.signature }),
  };
}

function post(
  { url, address, family }: ReceiverAddress,
  body: string,
  { headers, signal }: { headers: Record<string, string>; signal: AbortSignal },
): Promise<number> {
  // Pinned: asking the name server again could give another address than the one that was checked.
  const lookup: LookupFunction = (_host, options, callback) => {
    if (options.all) callback(null, [{ address, family }]);
    else callback(null, address, family);
  };
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const sending = request(url, { method: 'POST', headers, lookup, signal, agent: false }, (response) => {
      // The answer's text means nothing to us; a receiver could send without end.
      response.destroy();
      resolve(response.statusCode ?? 0);
    });
    sending.on('error', reject);
    sending.end(body);
  });
}

function describe(error: unknown): string {
  if (error instanceof AddressRefusedError) return error.message;
  if (!(error instanceof Error)) return 'failed';
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'no answer in time';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
