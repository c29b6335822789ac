type Headers = Readonly<Record<string, string>>;

declare module 'fastify' {
  interface FastifyInstance {
    /** Of this gateway, for every answer. */
    securityHeaders: Headers;
  }
}

const HEADERS: Headers = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};
/** A year: whoever came over https once comes by nothing else. */
const HTTPS_ONLY: Headers = { 'strict-transport-security': 'max-age=31536000' };

/** What a browser is told with every answer: nothing may be run, framed, guessed or passed on. Pages for people say their own policy. */
export function securityHeaders({ isHttps }: { isHttps: boolean }): Headers {
  return isHttps ? { ...HEADERS, ...HTTPS_ONLY } : HEADERS;
}

/**
 * The policy of the web client: what we serve is run, shown and asked, and nothing else. Its components hold their icons in their style
 * sheets (`data:`). A script that makes others from text needs the one policy that is named (Trusted Types).
 */
export const WEB_CLIENT_POLICY = [
  "default-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types fund-web',
].join('; ');

/** The policy of a page of ours that loads only what is named in `sources`: `style-src 'self'`. */
export function pagePolicy(...sources: readonly string[]): string {
  return ["default-src 'none'", ...sources, "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'"].join(
    '; ',
  );
}
