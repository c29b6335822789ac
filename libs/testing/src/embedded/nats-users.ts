import { randomBytes } from 'node:crypto';

/**
 * Everyone who may connect to NATS: the services, the gateway, `admin` (makes streams and consumers, holds no right on
 * messages or requests) and the finance department's own system. `deploy/nats` gives each of them its permissions.
 */
export const NATS_USERS = [
  'gateway',
  'partnership',
  'staffing',
  'finance',
  'events',
  'admin',
  'finance-department',
] as const;
export type NatsUser = (typeof NATS_USERS)[number];
export type NatsPasswords = Readonly<Record<NatsUser, string>>;

/** The variable that `deploy/nats` reads this user's password from. */
export function natsPasswordVariable(user: NatsUser): string {
  return `NATS_PASSWORD_${user.toUpperCase().replaceAll('-', '_')}`;
}

/** New passwords. They begin with a letter: nats-server reads the variable as a piece of its configuration, where `1e9` is a number. */
export function newNatsPasswords(): NatsPasswords {
  return Object.fromEntries(NATS_USERS.map((user) => [user, newPassword()])) as Record<NatsUser, string>;
}

/** A random password of letters and digits. */
export function newPassword(): string {
  return `p${randomBytes(24).toString('hex')}`;
}
