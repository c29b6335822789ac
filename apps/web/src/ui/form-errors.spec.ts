import { messageAt, messagesIn } from './form-errors';

const errors = {
  title: { type: 'refused', message: 'a' },
  period: { to: { type: 'refused', message: 'b' } },
  fields: [undefined, { percent: { type: 'refused', message: 'c' } }],
  shares: { root: { type: 'refused', message: 'd' } },
};

describe('the faults of a form', () => {
  it('are found at their place and not below it', () => {
    expect([messageAt(errors, 'period.to'), messageAt(errors, 'period'), messageAt(errors, 'shares')]).toEqual([
      'b',
      undefined,
      'd',
    ]);
  });

  it('are listed with their places', () => {
    expect(messagesIn(errors).map(({ name }) => name)).toEqual(['title', 'period.to', 'fields.1.percent', 'shares']);
  });
});
