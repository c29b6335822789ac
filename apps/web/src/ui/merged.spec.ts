import { merged } from './merged';

describe('two people in one form', () => {
  const base = { title: 'a', goal: 'b', tasks: 'c' };

  it('lose nothing: what one of them changed is taken over', () => {
    const result = merged(base, { ...base, goal: 'mine' }, { ...base, title: 'theirs' });
    expect(result).toEqual({ values: { title: 'theirs' }, clashes: [] });
  });

  it('decide what both changed', () => {
    const result = merged(base, { ...base, goal: 'mine' }, { ...base, goal: 'theirs' });
    expect(result).toEqual({ values: {}, clashes: [{ name: 'goal', mine: 'mine', theirs: 'theirs' }] });
  });

  it('agree where both wrote the same', () => {
    expect(merged(base, { ...base, goal: 'same' }, { ...base, goal: 'same' })).toEqual({ values: {}, clashes: [] });
  });
});
