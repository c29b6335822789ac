/** What the ids of the demo provider's keys begin with: it signs in anyone as anyone, so they count for an issuer on this machine alone. */
export const DEMO_KEY_PREFIX = 'demo-';

/** Whether an address is this machine's own, as that of the demo provider. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
