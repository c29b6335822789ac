import { z } from 'zod';

/** How lately and how strongly somebody has to have signed in for the acts that are declared with `stepUp`. */
export const stepUpSettings = {
  STEP_UP_MAX_AGE_MINUTES: z.coerce
    .number()
    .min(0.5)
    .max(12 * 60)
    .optional()
    .describe(
      'The acts that bring a payment to the bank are refused to whoever signed in longer ago (claim `auth_time` of the access token); the pages then send the person to sign in again. Without it the sign-in of the session is enough',
    ),
  STEP_UP_ACR: z
    .string()
    .regex(/^[\w:/.#+-]+( [\w:/.#+-]+)*$/, 'values of acr with one space between')
    .transform((text) => text.split(' '))
    .optional()
    .describe(
      'The same acts are refused to whoever did not sign in in one of these ways (claim `acr` of the access token), such as `gold` or `urn:example:two-factors`, with spaces between, the best first',
    ),
};
