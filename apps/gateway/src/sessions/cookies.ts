import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A cookie of ours: no script reads it, no other site's form sends it, no other host sets it (`__Host-`, over https). */
export class Cookie {
  readonly name: string;

  constructor(
    name: string,
    private readonly isSecure: boolean,
  ) {
    this.name = isSecure ? `__Host-${name}` : name;
  }

  read({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined {
    // Most requests bring none: bearer tokens are not to wait for the ones that do.
    return headers.cookie === undefined ? undefined : parseCookie(headers.cookie)[this.name];
  }

  /** Without `maxAge` it lasts as long as the browser runs; 0 seconds takes it away. */
  write(reply: FastifyReply, value: string, maxAge?: number): void {
    const attributes = { path: '/', httpOnly: true, sameSite: 'lax', secure: this.isSecure } as const;
    // Fastify adds a second Set-Cookie to the first.
    reply.header('set-cookie', stringifySetCookie({ name: this.name, value, ...attributes, maxAge }));
  }
}
