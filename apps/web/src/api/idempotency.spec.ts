import { idempotencyKeys } from './idempotency';

describe('the key of what a person wants done', () => {
  it('stays for the same content and changes with it', () => {
    const keyOf = idempotencyKeys();
    const first = keyOf({ amount: '1.00' });
    expect(keyOf({ amount: '1.00' })).toBe(first);
    expect(keyOf({ amount: '2.00' })).not.toBe(first);
  });

  it('differs from form to form', () => {
    expect(idempotencyKeys()({})).not.toBe(idempotencyKeys()({}));
  });
});
