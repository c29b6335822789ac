import { AddressRefusedError, isPublicAddress, resolveReceiver } from './receiver-address';

const NOBODY = new Set<string>();

describe('the address of a webhook', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.255.255',
    '192.168.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::127.0.0.1',
    '::ffff:93.184.215.14',
    '::ffff:0:7f00:1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::7f00:1',
    '100::1',
    '100:0:0:1::1',
    '2001::1',
    '2001:db8::1',
    '3fff::1',
    '4000::1',
    '5f00::1',
    'fec0::1',
    'ff0e::1',
    '2002:7f00:1::',
    'fe80::1',
    'fe80::1%eth0',
    'fd00::1',
    'ff02::1',
    'not an address',
  ])('is not public at %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['93.184.215.14', '172.32.0.1', '2606:2800:21f:cb07:6820:80da:af6b:8b2c'])('is public at %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    ['http://93.184.215.14/hook', /https/],
    ['ftp://93.184.215.14/hook', /https/],
    ['https://user:word@93.184.215.14/', /user or password/],
    ['no url', /not a URL/],
    ['https://127.0.0.1/', /not public/],
    ['https://2130706433/', /not public/],
    ['https://0x7f.1/', /not public/],
    ['https://[::1]/', /not public/],
    ['https://[::ffff:169.254.169.254]/', /not public/],
    ['https://localhost/', /not public/],
    ['https://a-host-that-does-not-exist.invalid/', /cannot be resolved|in time/],
  ])('is refused for %s', async (url, reason) => {
    const refusal = resolveReceiver(url, NOBODY);
    await expect(refusal).rejects.toBeInstanceOf(AddressRefusedError);
    await expect(refusal).rejects.toThrow(reason);
  });

  it('may be private only for the very host and port that tests allow', async () => {
    const allowed = new Set(['127.0.0.1:8080']);
    expect(await resolveReceiver('http://127.0.0.1:8080/hook', allowed)).toMatchObject({ address: '127.0.0.1' });
    await expect(resolveReceiver('http://127.0.0.1:8081/hook', allowed)).rejects.toThrow(/https/);
    await expect(resolveReceiver('https://127.0.0.1:8081/hook', allowed)).rejects.toThrow(/not public/);
  });

  it('is pinned: a public host keeps the address that was checked', async () => {
    expect(await resolveReceiver('https://93.184.215.14/hook', NOBODY)).toMatchObject({
      address: '93.184.215.14',
      family: 4,
    });
  });
});
