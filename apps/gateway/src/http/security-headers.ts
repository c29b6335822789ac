/** What a browser is told with every answer: nothing may be run, framed, guessed or passed on. Pages for people say their own policy. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};

/** The policy of a page of ours that loads only what is named in `sources`: `style-src 'self'`. */
export function pagePolicy(...sources: readonly string[]): string {
  return ["default-src 'none'", ...sources, "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'"].join(
    '; ',
  );
}
