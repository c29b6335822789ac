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
