import { MESSAGES } from '#contracts';
import { changesIn, NAMED_RESOURCES } from './named-resources';

const KNOWN = new Set(NAMED_RESOURCES.map(({ parameter }) => parameter));

describe('a message', () => {
  it('names every resource that its data name, with the version of the one that it is about', () => {
    const data = { payoutId: 'p', assignmentId: 'a', endToEndId: 'e', amount: { amount: '1.00', currency: 'EUR' } };
    expect(changesIn({ aggregateId: 'p', version: 4, data })).toEqual([
      { resource: 'payouts', id: 'p', version: 4 },
      { resource: 'assignments', id: 'a' },
    ]);
  });

  it('says nothing beyond ids and version, whatever it holds', () => {
    const data = { payoutId: 'p', amount: { amount: '1.00', currency: 'EUR' }, expertId: null };
    expect(JSON.stringify(changesIn({ aggregateId: 'x', version: 1, data }))).toBe('[{"resource":"payouts","id":"p"}]');
  });

  it.each(MESSAGES.map((message) => [message.subject, message] as const))(
    '%s names a resource',
    (_subject, { data }) => {
      expect(Object.keys(data.shape).filter((member) => KNOWN.has(member))).not.toEqual([]);
    },
  );
});
