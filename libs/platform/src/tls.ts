import { setTimeout as delay } from 'node:timers/promises';
import { connect, type NatsConnection, type NodeConnectionOptions } from '@nats-io/transport-node';
import { z } from 'zod';
import { isNatsRefusal, natsFault, StartUpFault, trustFault, warnWhileStarting } from './settings';

/** How NATS is reached over TLS: `NATS_URL=tls://…`, with PEM texts (or `<NAME>_FILE`). */
export const natsTlsVariables = {
  NATS_CA: z
    .string()
    .min(1)
    .optional()
    .describe("Certificates of the authorities that may have signed the broker's; without it those that Node ships"),
  NATS_CERT: z.string().min(1).optional().describe('Certificate of this process, for a broker that asks for one'),
  NATS_KEY: z.string().min(1).optional().describe('Key of this process, for a broker that asks for a certificate'),
};

interface NatsAddress {
  readonly NATS_URL: string;
  readonly NATS_CA?: string | undefined;
  readonly NATS_CERT?: string | undefined;
  readonly NATS_KEY?: string | undefined;
}

/**
 * Undefined for `nats://`. With `tls://` the connection is encrypted and the broker's certificate checked, or there is none: a
 * broker that offers no TLS is refused before the password is sent. Throws when the settings contradict each other.
 */
export function natsTls({
  NATS_URL,
  NATS_CA,
  NATS_CERT,
  NATS_KEY,
}: NatsAddress): { ca?: string; cert?: string; key?: string } | undefined {
  const servers = NATS_URL.split(',');
  const encrypted = servers.filter((server) => server.trim().startsWith('tls://'));
  if (encrypted.length > 0 && encrypted.length < servers.length) {
    throw new StartUpFault('NATS_URL: some servers are tls:// and some are not');
  }
  if ((NATS_CERT === undefined) !== (NATS_KEY === undefined))
    throw new StartUpFault('NATS_CERT and NATS_KEY belong together');
  if (encrypted.length === 0) {
    if (NATS_CA ?? NATS_CERT)
      throw new StartUpFault('NATS_CA and NATS_CERT are for tls://, which NATS_URL does not begin with');
    return undefined;
  }
  return { ...(NATS_CA && { ca: NATS_CA }), ...(NATS_CERT && NATS_KEY && { cert: NATS_CERT, key: NATS_KEY }) };
}

const RETRY_MS = 500;
const CONNECT_LIMIT_MS = 5_000;

/** Whom to name in a fault, and how long to wait for a broker that does not answer: without a limit for as long as it takes. */
interface Patience {
  readonly credentials?: string;
  readonly patienceMs?: number;
}

/** Waits for the broker, and refuses at once one that will never be trusted or that refuses this user. Says what it waits for. */
export async function connectNats(
  address: NatsAddress,
  options: NodeConnectionOptions & { readonly name: string },
  { credentials = 'NATS_USER and NATS_PASSWORD', patienceMs = Number.POSITIVE_INFINITY }: Patience = {},
): Promise<NatsConnection> {
  const tls = natsTls(address);
  const servers = address.NATS_URL.split(',');
  const until = performance.now() + patienceMs;
  for (let isFirst = true; ; isFirst = false) {
    try {
      const timeout = CONNECT_LIMIT_MS;
      return await connect({ timeout, ...options, servers, ...(tls && { tls }), waitOnFirstConnect: false });
    } catch (error) {
      const fault = natsFault(error, { url: address.NATS_URL, user: options.user, credentials });
      const isFinal = trustFault(error) !== undefined || isNatsRefusal(error);
      if (isFinal || performance.now() > until) throw fault;
      if (isFirst && patienceMs === Number.POSITIVE_INFINITY)
        warnWhileStarting(options.name, `${fault.message} Waiting.`);
    }
    await delay(RETRY_MS);
  }
}
