import { StartUpFault } from './start-up-fault';

/** A server that a process needs: its address, where a password may stand in it, and the setting that names it. */
export interface NamedServer {
  readonly url: string;
  readonly setting: string;
}

const WRONG_PASSWORD = /^(28P01|28000)$/;
const NO_DATABASE = '3D000';
const NOT_ALLOWED = '42501';

/** Why this database cannot be used, whatever the driver or TypeORM wrapped around the reason. */
export function databaseFault(error: unknown, { url, setting }: NamedServer): StartUpFault {
  const { host, username, pathname } = new URL(url);
  const at = `The database at ${host}`;
  const user = decodeURIComponent(username);
  const { code = '', message } = innermost(error);
  const say = (sentence: string) => new StartUpFault(sentence, { cause: error });
  if (WRONG_PASSWORD.test(code)) {
    return say(`${at} refuses the user ${user} (${message}). Correct user and password in ${setting}.`);
  }
  if (code === NO_DATABASE) {
    const name = decodeURIComponent(pathname.slice(1));
    return say(`${at} has no database "${name}". Create it, or name another one in ${setting}.`);
  }
  if (code === NOT_ALLOWED) {
    return say(`${at} does not let the user ${user} of ${setting} do what is needed (${message}). Name another user.`);
  }
  const trust = trustFault(error);
  if (trust !== undefined) return say(`The server of ${setting} is refused: ${trust} (${host}, user ${user}).`);
  if (/^[0-9A-Z]{5}$/.test(code)) return say(`${at} (${setting}, user ${user}) cannot be used: ${message} (${code}).`);
  return say(
    `${at} (user ${user}) does not answer: ${reasonOf(error)}. Does it run, and is the address in ${setting} right and reachable from here?`,
  );
}

/** A broker, and which settings say who connects. */
export interface NamedBroker {
  readonly url: string;
  readonly user?: string | undefined;
  readonly credentials: string;
}

/** Why this NATS cannot be used, as this user. */
export function natsFault(error: unknown, { url, user = '(none)', credentials }: NamedBroker): StartUpFault {
  const say = (sentence: string) => new StartUpFault(sentence, { cause: error });
  const trust = trustFault(error);
  if (trust !== undefined) return say(`NATS at ${url} is refused: ${trust} (NATS_URL, NATS_CA).`);
  if (isNatsRefusal(error)) {
    return say(`NATS at ${url} refuses the user ${user} (${innermost(error).message}). Correct ${credentials}.`);
  }
  return say(
    `NATS at ${url} (user ${user}) does not answer: ${reasonOf(error)}. Does it run, and is the address in NATS_URL right and reachable from here?`,
  );
}

/** Whether the broker does not know this user and password, which asking again does not change. */
export function isNatsRefusal(error: unknown): boolean {
  return causes(error).some(({ message }) => /authorization violation|account authentication expired/i.test(message));
}

/** Why the OpenID provider gives no keys. */
export function issuerFault(error: unknown, { url, setting }: NamedServer): StartUpFault {
  return new StartUpFault(
    `The OpenID provider at ${withoutPassword(url)} gives no keys, so no token can be verified: ${reasonOf(error)}. Does it run, and is the address in ${setting} right and reachable from here?`,
    { cause: error },
  );
}

const CERTIFICATE_FAULT =
  /^(CERT_|ERR_TLS_CERT|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|INVALID_CA)/;
const NO_TLS = /does not support '?(tls|ssl)/i;

/** Why a server will never be trusted, however often it is asked; undefined for any other error. */
export function trustFault(error: unknown): string | undefined {
  for (const { code = '', message } of causes(error)) {
    if (NO_TLS.test(message)) return 'it offers no TLS';
    if (CERTIFICATE_FAULT.test(code)) return `its certificate is not trusted: ${message}`;
  }
  return undefined;
}

interface Cause {
  readonly code?: string;
  readonly message: string;
}

/** The system's word (ECONNREFUSED, ENOTFOUND) with what the library says, if that says more. */
function reasonOf(error: unknown): string {
  const { code, message } = innermost(error);
  const text = message || 'no reason given';
  return code === undefined || text.includes(code) ? text : `${text} (${code})`;
}

function innermost(error: unknown): Cause {
  return causes(error).at(-1) ?? { message: String(error) };
}

// Several addresses of one name that all refuse are one AggregateError without words.
function causes(error: unknown): Cause[] {
  const found: Cause[] = [];
  for (let it = error; typeof it === 'object' && it !== null && 'message' in it && found.length < 10;) {
    const { code, message, cause, errors, driverError } = it as {
      code?: unknown;
      message: unknown;
      cause?: unknown;
      errors?: unknown;
      driverError?: unknown;
    };
    found.push({ message: String(message), ...(typeof code === 'string' && { code }) });
    it = driverError ?? cause ?? (Array.isArray(errors) ? (errors[0] as unknown) : undefined);
  }
  return found;
}

function withoutPassword(url: string): string {
  const parsed = new URL(url);
  Object.assign(parsed, { username: '', password: '' });
  return parsed.toString().replace(/\/$/, '');
}
