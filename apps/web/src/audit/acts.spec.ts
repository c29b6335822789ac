import { OPERATIONS } from '#contracts';
import de from './texts/acts.de';
import en from './texts/acts.en';

/** Asked by a POST because of what they take; they write nothing, so no trail has them. */
const PREVIEWS = [
  'finance.commitment.estimate-change',
  'finance.commitment.estimate-share-change',
  'finance.cost-plan.estimate',
  'finance.travel-claim.calculate',
  'events.event.preview-change',
  'finance.fund.simulate',
];

describe('the words of the audit trail', () => {
  const acts = OPERATIONS.filter(({ http }) => http.method !== 'GET').map(({ subject }) => subject.replace('rpc.', ''));

  it.each([
    ['German', de],
    ['English', en],
  ])('name every act in %s, and nothing else', (_language, words) => {
    const expected = acts.filter((act) => !PREVIEWS.includes(act));
    expect(Object.keys(words).sort()).toEqual(expected.sort());
  });

  it('tell one act of a service from another', () => {
    for (const words of [de, en]) {
      const ofFinance = Object.entries(words).filter(([act]) => act.startsWith('finance.'));
      expect(new Set(ofFinance.map(([, word]) => word)).size).toBe(ofFinance.length);
    }
  });
});
