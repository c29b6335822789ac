import { type Change, isTouched, type ReadState } from './touched';

const payout: ReadState = {
  path: '/payouts/{payoutId}',
  input: { payoutId: 'p1' },
  data: { id: 'p1', version: 4, assignmentId: 'a1' },
};
const payouts: ReadState = { path: '/payouts', input: { status: 'DUE' }, data: { items: [] } };
const actions: ReadState = { path: '/payouts/{payoutId}/actions', input: { payoutId: 'p1' }, data: { items: [] } };
const assignment: ReadState = { path: '/assignments/{assignmentId}', input: { assignmentId: 'a1' }, data: undefined };

it.each<[string, ReadState, Change, boolean]>([
  ['the thing itself, older', payout, { resource: 'payouts', id: 'p1', version: 5 }, true],
  ['the thing itself, as it is', payout, { resource: 'payouts', id: 'p1', version: 4 }, false],
  ['the thing itself, version not said', payout, { resource: 'payouts', id: 'p1' }, true],
  ['its acts, which have no version', actions, { resource: 'payouts', id: 'p1', version: 4 }, true],
  ['another thing', payout, { resource: 'payouts', id: 'p2', version: 5 }, false],
  ['what names the thing', payout, { resource: 'assignments', id: 'a1', version: 2 }, true],
  ['a list of its kind, even an empty one', payouts, { resource: 'payouts', id: 'p9', version: 1 }, true],
  ['a list of another kind', payouts, { resource: 'events', id: 'e1', version: 1 }, false],
  [
    'the list of what waits, whatever it is',
    { path: '/waiting', input: undefined, data: { items: [] } },
    { resource: 'events', id: 'e1' },
    true,
  ],
  ['many of the kind', payout, { resource: 'payouts' }, true],
  ['many of another kind', assignment, { resource: 'payouts' }, false],
  ['what has not been read yet', assignment, { resource: 'assignments', id: 'a1', version: 1 }, true],
])('%s', (_name, state, change, expected) => {
  expect(isTouched(state, change)).toBe(expected);
});
