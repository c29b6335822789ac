import { gunzipSync } from 'node:zlib';
import { GatewaysUnderTest } from './gateway-under-test';

let gateways: GatewaysUnderTest;

beforeAll(async () => {
  gateways = await GatewaysUnderTest.start(1, { RATE_LIMIT_ADDRESS: '100/600' });
});
afterAll(() => gateways.stop());

function get(url: string, headers: Record<string, string> = {}) {
  return gateways.app.inject({ method: 'GET', url, headers });
}

describe('an answer in JSON', () => {
  it('is compressed for whoever takes it, and says how long it is', async () => {
    const plain = await get('/openapi.json');
    const { headers, rawPayload } = await get('/openapi.json', { 'accept-encoding': 'gzip, br' });

    expect(headers).toMatchObject({ 'content-encoding': 'gzip', vary: expect.stringContaining('accept-encoding') });
    expect(gunzipSync(rawPayload).toString()).toBe(plain.payload);
    expect(rawPayload.length * 4).toBeLessThan(plain.rawPayload.length);
  });

  it.each([undefined, 'identity', 'br', 'gzip;q=0'])('is sent as it is for accept-encoding %s', async (accepted) => {
    const { statusCode, headers } = await get('/openapi.json', accepted ? { 'accept-encoding': accepted } : {});
    expect({ statusCode, encoding: headers['content-encoding'] }).toEqual({ statusCode: 200, encoding: undefined });
  });

  it('is sent as it is when it is short', async () => {
    const { statusCode, headers, payload } = await get('/v1/nothing-here', { 'accept-encoding': 'gzip' });
    expect(statusCode).toBe(404);
    expect(headers['content-encoding']).toBeUndefined();
    expect(JSON.parse(payload)).toMatchObject({ status: 404 });
  });

  it('has read the language and the encoding, whichever it was refused in', async () => {
    const { headers } = await get('/v1/nothing-here', { 'accept-encoding': 'gzip', 'accept-language': 'de' });
    expect(headers.vary).toContain('accept-language');
  });
});
