import { z } from 'zod';
import { tokensSchema } from '../identity-provider/tokens';

/** One browser that is signed in. Instants are milliseconds since 1970. */
export const sessionSchema = z.object({
  tokens: tokensSchema,
  /** As the provider's ID token names them: a logout token does so, too. */
  subject: z.string(),
  providerSession: z.string().optional(),
  startedAt: z.number(),
  /** Until then one gateway has the tokens renewed, and the others wait for it. */
  renewingUntil: z.number().optional(),
});
export type Session = z.infer<typeof sessionSchema>;
