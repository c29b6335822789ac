import { isIP } from 'node:net';
import { z } from 'zod';

// The kinds of settings: each checks what it may and says what it must be. A setting's own meaning is its `.describe(…)`, from which
// docs/settings.md is made.

const PORT_MAX = 65_535;

/** A port to listen on. */
export function port() {
  return portFrom(1, 'must be a port, a whole number from 1 to 65535');
}

/** A port to listen on; 0 picks a free one. */
export function portOrAny() {
  return portFrom(0, 'must be a port, a whole number from 0 to 65535');
}

function portFrom(min: number, error: string) {
  return z.coerce.number({ error }).int({ error }).min(min, { error }).max(PORT_MAX, { error });
}

/** `https://…` or `http://…`. */
export function httpUrl() {
  const error = (issue: { input?: unknown }): string =>
    issue.input === undefined ? 'is missing' : 'must be an address that begins with https:// or http://';
  return z.url({ protocol: /^https?$/, error });
}

const HOST_NAME = /^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/;

/** Where a server listens: an address or name of this machine, without brackets and port. */
export function listenHost() {
  return z
    .string()
    .refine(
      (text) => isIP(text) !== 0 || (HOST_NAME.test(text) && !/^[\d.]+$/.test(text)),
      'must be an address or name of this machine, such as 127.0.0.1, ::1 or, for all networks, 0.0.0.0',
    );
}

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export function logLevel() {
  return z.enum(LOG_LEVELS);
}

/** `postgres://user:password@host:5432/database`. */
export function databaseUrl() {
  return z
    .string()
    .refine(
      isDatabaseUrl,
      'must be an address such as postgres://user:password@host:5432/database; special characters of user and password are percent-encoded',
    );
}

function isDatabaseUrl(text: string): boolean {
  try {
    const { protocol, hostname, username, password, pathname } = new URL(text);
    // Postgres' driver decodes them; a stray percent sign would end the process there.
    for (const part of [username, password, pathname]) decodeURIComponent(part);
    return /^postgres(ql)?:$/.test(protocol) && hostname !== '' && username !== '' && pathname.length > 1;
  } catch {
    return false;
  }
}

/** `nats://host:4222` or `tls://host:4222`, several of a cluster with commas between. */
export function natsUrl() {
  return z
    .string()
    .refine(
      (text) => text.split(',').every((server) => isNatsServer(server.trim())),
      'must be an address such as nats://host:4222 or tls://host:4222 without a user, several with commas between; user and password are settings of their own',
    );
}

function isNatsServer(text: string): boolean {
  try {
    const { protocol, hostname, username, password } = new URL(text);
    return /^(nats|tls):$/.test(protocol) && hostname !== '' && username === '' && password === '';
  } catch {
    return false;
  }
}

const KEY_BYTES = 32;

/** A secret key by its name. */
export type NamedKey = readonly [name: string, bytes: Buffer];
/** At least one; the first one seals, all of them open. */
export type KeyRing = readonly [NamedKey, ...NamedKey[]];

/** A ring of secret keys, `id:base64` of 32 bytes with commas between: the first one seals, all of them open. */
export function keyRing() {
  return z.string().transform((text, context): KeyRing => {
    const keys = new Map<string, Buffer>();
    for (const part of text.split(',')) {
      const [, id, base64] = /^([A-Za-z0-9-]{1,32}):(.+)$/.exec(part.trim()) ?? [];
      const key = Buffer.from(base64 ?? '', 'base64');
      if (id === undefined || key.length !== KEY_BYTES || keys.has(id)) {
        context.addIssue('must be id:base64 of 32 bytes, several apart by commas, each id once');
        return z.NEVER;
      }
      keys.set(id, key);
    }
    const [first, ...others] = keys;
    return first ? [first, ...others] : z.NEVER;
  });
}
