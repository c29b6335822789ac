import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';

/**
 * Whom a request without a token counts for: the address that a trusted proxy names, else that of the connection. Of IPv6 the first 64
 * bits, because whoever has one address there has them all.
 */
export function clientAddress(request: FastifyRequest): string {
  const named = withoutMapping(request.ip);
  const address = isIP(named) === 0 ? withoutMapping(request.socket.remoteAddress ?? '') : named;
  return isIP(address) === 6 ? network64(address) : address;
}

// An IPv4 client on a socket that listens on both families.
function withoutMapping(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}

function network64(address: string): string {
  const [head = '', tail] = (address.split('%')[0] ?? '').toLowerCase().split('::');
  const groups = (text: string | undefined): string[] => (text ? text.split(':') : []);
  const missing = tail === undefined ? 0 : 8 - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...Array<string>(Math.max(0, missing)).fill('0'), ...groups(tail)];
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
