import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { newId } from '#platform';
import { eventually } from '#testing';
import { DeadLetters } from '../index';
import { granted, TwoServices } from '../two-services-spec';

const newKey = () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const SIGNING_KEY = newKey();
const TRUSTED_SIGNING_KEYS = JSON.stringify({ finance: [createPublicKey(SIGNING_KEY).export({ format: 'jwk' })] });

describe('a consumer that trusts the keys of a publisher', () => {
  let services: TwoServices;

  beforeAll(async () => {
    services = await TwoServices.prepare();
  });
  afterEach(async () => {
    await services.stopAll();
    for (const name of ['SIGNING_KEY', 'TRUSTED_SIGNING_KEYS']) Reflect.deleteProperty(process.env, name);
  });
  afterAll(() => services.close());

  it('takes what the publisher has signed', async () => {
    const publisher = await services.start('finance', { SIGNING_KEY });
    await services.start('staffing', { TRUSTED_SIGNING_KEYS });
    const id = newId();
    await services.publish(publisher, id);
    await services.arrive(id, [1]);
  });

  it('sets aside what anybody else sent under its name, and no person can make it count', async () => {
    const consumer = await services.start('staffing', { TRUSTED_SIGNING_KEYS });
    const [unsigned, foreign] = [newId(), newId()];
    // With the publisher's own credentials, as a thief would have them.
    await services.broker.publish(granted(unsigned));
    const impostor = await services.start('finance', { SIGNING_KEY: newKey() });
    await services.publish(impostor, foreign);
    for (const [id, error] of [
      [unsigned, 'a message of finance must be signed'],
      [foreign, 'no trusted key of finance has signed this message'],
    ] as const) {
      await eventually(async () => {
        expect(await services.letters(id)).toMatchObject([{ reason: 'invalid', error: `Error: ${error}` }]);
      });
      const [letter] = await services.letters(id);
      const replayed = consumer
        .get(DeadLetters)
        .replay(letter?.id ?? '', { actor: 'operator-1', reason: 'believed it' });
      await expect(replayed).rejects.toThrow(error);
      expect(await services.effects(id)).toEqual([]);
    }
  });
});
