import type { FastifyRequest } from 'fastify';
import { clientAddress } from './client-address';

const from = (ip: string, remoteAddress = '192.0.2.1') =>
  clientAddress({ ip, socket: { remoteAddress } } as unknown as FastifyRequest);

describe('the address that a request counts for', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['unknown', '192.0.2.1'],
    ['<script>', '192.0.2.1'],
  ])('%s is %s', (ip, address) => {
    expect(from(ip)).toBe(address);
  });
});
