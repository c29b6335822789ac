/**
 * The subjects of requests. Frames are addressed to one replica, chosen by who calls, so that a replica that hangs gets no more of
 * them; the broker's permissions are made of the same functions.
 */

export function frameSubject(service: string, replica: string): string {
  return `rpc.${service}.frame.${replica}`;
}

export function healthSubject(service: string, replica: string): string {
  return `rpc.${service}.health.${replica}`;
}

/** Asks a service to show itself at once instead of with its next beat. */
export function rollCallSubject(service: string): string {
  return `rpc.${service}.roll-call`;
}

/** Where a replica says that it is alive. */
export function presenceSubject(service: string, replica: string): string {
  return `presence.${service}.${replica}`;
}

/** Who may read answers there: the broker gives each identity inboxes of its own (`Nats.inboxPrefix`). */
export function inboxOwner(reply: string): string {
  return /^_INBOX_([^.]+)\./.exec(reply)?.[1] ?? '';
}
