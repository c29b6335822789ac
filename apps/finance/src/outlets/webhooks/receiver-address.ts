import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Networks that no webhook reaches. Source: IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890), everything that is
 * not globally reachable, and multicast; 6to4, which could hide an IPv4 address (RFC 3056).
 */
const NOT_PUBLIC: readonly string[] = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
];
/**
 * All of IPv6 that is handed out (RFC 4291, 2.4). Whatever else there is, is not the internet: loopback, link and unique local
 * addresses, multicast, and the prefixes that carry an IPv4 address (mapped, translated, NAT64: RFC 4291, 2765, 6052, 8215).
 */
const GLOBAL_UNICAST = { address: '2000::', prefix: 3 };
const LOOKUP_LIMIT_MS = 3000;

const v4 = new BlockList();
const v6 = new BlockList();
const globalUnicast = new BlockList();
globalUnicast.addSubnet(GLOBAL_UNICAST.address, GLOBAL_UNICAST.prefix, 'ipv6');
for (const network of NOT_PUBLIC) {
  const [address = '', prefix] = network.split('/');
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  (family === 'ipv6' ? v6 : v4).addSubnet(address, Number(prefix), family);
}

/** Where a delivery connects to: the name was resolved once, and nothing resolves it again before the connection. */
export interface ReceiverAddress {
  readonly url: URL;
  readonly address: string;
  readonly family: 4 | 6;
}

/** The address may not be used; the reason is for the owner of the webhook. */
export class AddressRefusedError extends Error {}

/**
 * Resolves a webhook's URL. Refuses what is not https, carries credentials, cannot be resolved, or has ANY address that is not
 * public. Hosts in `allowed` (of this machine, to try things out) pass.
 */
export async function resolveReceiver(text: string, allowed: ReadonlySet<string>): Promise<ReceiverAddress> {
  const url = parse(text);
  const isAllowed = allowed.has(url.host);
  if (url.protocol !== 'https:' && !(isAllowed && url.protocol === 'http:'))
    throw new AddressRefusedError('must be https');
  if (url.username !== '' || url.password !== '') throw new AddressRefusedError('must not carry a user or password');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = await resolve(host);
  const [first] = addresses;
  if (!first) throw new AddressRefusedError('the host has no address');
  if (!isAllowed && addresses.some(({ address }) => !isPublicAddress(address)))
    throw new AddressRefusedError('the host has an address that is not public');
  return { url, address: first.address, family: first.family === 6 ? 6 : 4 };
}

export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !v4.check(address, 'ipv4');
  if (family !== 6 || address.includes('%')) return false;
  return globalUnicast.check(address, 'ipv6') && !v6.check(address, 'ipv6');
}

function parse(text: string): URL {
  const url = URL.parse(text);
  if (!url) throw new AddressRefusedError('is not a URL');
  return url;
}

async function resolve(host: string): Promise<{ address: string; family: number }[]> {
  const late = delay(LOOKUP_LIMIT_MS, undefined, { ref: false }).then(() => {
    throw new AddressRefusedError('the host could not be resolved in time');
  });
  try {
    return await Promise.race([lookup(host, { all: true }), late]);
  } catch (error) {
    if (error instanceof AddressRefusedError) throw error;
    throw new AddressRefusedError('the host cannot be resolved', { cause: error });
  }
}
