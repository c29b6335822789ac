import type { Caller } from '#platform';
import type { OperationRoute } from './operation-routes';

/** Who has been let in, for what comes after the door. */
export interface Admission {
  readonly caller: Caller;
  readonly token: string;
}

/** What a route asks of those who come: `operation` and `signed-in` a token, `free` nothing at all, not even a rate. */
export type Access =
  { readonly kind: 'operation'; readonly route: OperationRoute } | { readonly kind: 'signed-in' | 'free' };

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
  interface FastifyRequest {
    admission: Admission | undefined;
  }
}
