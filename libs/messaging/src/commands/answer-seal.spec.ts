import { randomBytes } from 'node:crypto';
import { loadConfig } from '#platform';
import { AnswerSeal, answerSealConfigSchema } from './answer-seal';

const CURSOR_SECRET = 'a secret of this test';
const key = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;
const sealOf = (ANSWER_KEYS?: string, secret = CURSOR_SECRET) =>
  new AnswerSeal(loadConfig(answerSealConfigSchema, { CURSOR_SECRET: secret, ...(ANSWER_KEYS && { ANSWER_KEYS }) }));
const scope = randomBytes(32);
const answer = '{"name":"Erika Fachmann","note":"ü 🎉"}';
const UNREADABLE = expect.objectContaining({ code: 'PLATFORM_STORED_ANSWER_UNREADABLE' }) as Error;

describe('a stored answer', () => {
  it('shows nothing of what it holds, and opens again', () => {
    const sealed = sealOf(key('a')).seal(answer, scope);
    expect(sealed).toMatch(/^sealed:a:[A-Za-z0-9+/=]+$/);
    expect(Buffer.from(sealed.split(':')[2] ?? '', 'base64').toString('latin1')).not.toContain('Erika');
    const seal = sealOf();
    expect(seal.open(seal.seal(answer, scope), scope)).toBe(answer);
    expect(seal.seal(answer, scope)).not.toBe(seal.seal(answer, scope));
  });

  it('opens after the key was changed, and not when the key is gone', () => {
    const [old, fresh] = [key('old'), key('new')];
    const sealed = sealOf(old).seal(answer, scope);
    expect(sealOf(`${fresh},${old}`).open(sealed, scope)).toBe(answer);
    expect(sealOf(`${fresh},${old}`).seal(answer, scope)).toMatch(/^sealed:new:/);
    expect(() => sealOf(fresh).open(sealed, scope)).toThrow(UNREADABLE);
  });

  it('that was sealed without a given key opens when there is one', () => {
    expect(sealOf(key('a')).open(sealOf().seal(answer, scope), scope)).toBe(answer);
    expect(() => sealOf(undefined, 'a secret of another one').open(sealOf().seal(answer, scope), scope)).toThrow(
      UNREADABLE,
    );
  });

  it('does not open for another request, altered, or cut', () => {
    const seal = sealOf();
    const sealed = seal.seal(answer, scope);
    expect(() => seal.open(sealed, randomBytes(32))).toThrow(UNREADABLE);
    expect(() =>
      seal.open(
        sealed.replace(/.(?=.{8}$)/, (c) => (c === 'A' ? 'B' : 'A')),
        scope,
      ),
    ).toThrow(UNREADABLE);
    expect(() => seal.open(sealed.slice(0, 40), scope)).toThrow(UNREADABLE);
  });

  it('of a version before, in clear, is answered as it is', () => {
    expect(sealOf().open(answer, scope)).toBe(answer);
  });
});

it.each(['a', 'a:c2hvcnQ=', `${key('a')},${key('a')}`, key('a b')])('%s is no key ring', (ring) => {
  expect(() => loadConfig(answerSealConfigSchema, { CURSOR_SECRET, ANSWER_KEYS: ring })).toThrow('ANSWER_KEYS');
});
