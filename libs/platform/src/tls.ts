import { setTimeout as delay } from 'node:timers/promises';
import { connect, type NatsConnection, type NodeConnectionOptions } from '@nats-io/transport-node';
import { z } from 'zod';

/** How NATS is reached over TLS: `NATS_URL=tls://…`, with PEM texts (or `<NAME>_FILE`). */
export const natsTlsVariables = {
  /** Certificates of the authorities that may have signed the broker's; without it those that Node ships. */
  NATS_CA: z.string().min(1).optional(),
  /** Certificate and key of this process, for a broker that asks for one. */
  NATS_CERT: z.string().min(1).optional(),
  NATS_KEY: z.string().min(1).optional(),
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
    throw new Error('NATS_URL: some servers are tls:// and some are not');
  }
  if ((NATS_CERT === undefined) !== (NATS_KEY === undefined)) throw new Error('NATS_CERT and NATS_KEY belong together');
  if (encrypted.length === 0) {
    if (NATS_CA ?? NATS_CERT)
      throw new Error('NATS_CA and NATS_CERT are for tls://, which NATS_URL does not begin with');
    return undefined;
  }
  return { ...(NATS_CA && { ca: NATS_CA }), ...(NATS_CERT && NATS_KEY && { cert: NATS_CERT, key: NATS_KEY }) };
}

const CERTIFICATE_FAULT =
  /^(CERT_|ERR_TLS_CERT|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA)/;
const NO_TLS = /does not support '?(tls|ssl)/i;

/** Why a server will never be trusted, however often it is asked; undefined for any other error. */
export function trustFault(error: unknown): string | undefined {
  for (let it = error; typeof it === 'object' && it !== null && 'message' in it;) {
    const { code = '', message, cause } = it as NodeJS.ErrnoException;
    if (NO_TLS.test(message)) return 'it offers no TLS';
    if (CERTIFICATE_FAULT.test(code)) return `its certificate is not trusted: ${message}`;
    it = cause;
  }
  return undefined;
}

const RETRY_MS = 500;

/** Waits for the broker as long as it takes, and refuses at once one that will never be trusted. */
export async function connectNats(address: NatsAddress, options: NodeConnectionOptions): Promise<NatsConnection> {
  const tls = natsTls(address);
  const servers = address.NATS_URL.split(',');
  for (;;) {
    try {
      return await connect({ ...options, servers, ...(tls && { tls }), waitOnFirstConnect: false });
    } catch (error) {
      const fault = trustFault(error);
      if (fault !== undefined) throw new Error(`NATS at ${address.NATS_URL} is refused: ${fault}`, { cause: error });
      await delay(RETRY_MS);
    }
  }
}
