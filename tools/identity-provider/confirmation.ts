/** The one `acr` of the demo: whoever signs in for it has picked again who to be. Nobody has to prove anything here. */
export const CONFIRMED = 'confirmed';

/** Whether a sign-in asks for it (OpenID Connect Core 3.1.2.1). */
export function asksForConfirmation(params: Readonly<Record<string, unknown>> | undefined): boolean {
  const asked = params?.['acr_values'];
  return typeof asked === 'string' && asked.split(' ').includes(CONFIRMED);
}
