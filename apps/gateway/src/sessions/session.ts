import { z } from 'zod';

/** What an OpenID provider gave for one sign-in. Instants are milliseconds since 1970. */
export const tokensSchema = z.object({
  accessToken: z.string(),
  expiresAt: z.number(),
  refreshToken: z.string().optional(),
  /** Told to the provider at sign-out, so that it knows whom to sign out. */
  idToken: z.string().optional(),
});
export type Tokens = z.infer<typeof tokensSchema>;

/** One browser that is signed in. */
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
