import { generateKeyPairSync } from 'node:crypto';
import { MessageSigner } from './message-signer';
import { MessageVerifier } from './message-verifier';

const newKey = () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const signer = new MessageSigner('staffing', newKey());
const other = new MessageSigner('staffing', newKey());
const keyOf = ({ publicKey }: MessageSigner) => {
  if (!publicKey) throw new Error('the signer has no key');
  return publicKey;
};
const verifier = new MessageVerifier({ staffing: [keyOf(signer)] });
const message = {
  id: '01890000-0000-7000-8000-000000000001',
  type: 'evt.staffing.assignment.confirmed.v1',
  subject: '01890000-0000-7000-8000-000000000002',
  time: new Date('2027-01-01T00:00:00.123Z'),
  sequence: 3,
  data: '{"a":1}',
};
const signature = signer.sign(message) ?? '';

describe('messages of a service with trusted keys', () => {
  it('are believed with its signature, also while the key is changed', () => {
    expect(verifier.fault('staffing', message, signature)).toBeUndefined();
    const both = new MessageVerifier({ staffing: [keyOf(other), keyOf(signer)] });
    expect(both.fault('staffing', message, signature)).toBeUndefined();
    expect(both.fault('staffing', message, other.sign(message) ?? '')).toBeUndefined();
  });

  it.each([
    ['nothing', undefined],
    ['no signature', ''],
    ['half of one', signature.split('.')[0]],
    ['a payload of its own', signature.replace('..', '.e30.')],
    ['the signature of another key', other.sign(message) ?? ''],
    ['a cut signature', signature.slice(0, -4)],
  ])('are refused with %s', (_what, given) => {
    expect(verifier.fault('staffing', message, given)).toMatch(/signed/);
  });

  it.each([
    ['data', { data: '{"a":2}' }],
    ['id', { id: '01890000-0000-7000-8000-000000000003' }],
    ['type', { type: 'evt.staffing.assignment.departed.v1' }],
    ['subject', { subject: 'x' }],
    ['time', { time: new Date('2027-01-01T00:00:00.124Z') }],
    ['sequence', { sequence: 4 }],
  ])('are refused with another %s', (_what, change) => {
    expect(verifier.fault('staffing', { ...message, ...change }, signature)).toMatch(/no trusted key/);
  });

  it('are not believed under the name of another service', () => {
    const all = new MessageVerifier({ finance: [keyOf(signer)] });
    expect(all.fault('finance', message, signature)).toMatch(/no trusted key/);
  });
});

it('believes the broker on services without trusted keys', () => {
  expect(verifier.fault('partnership', message, undefined)).toBeUndefined();
});
