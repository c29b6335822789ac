import type { ServiceList, ServiceView } from '#contracts';
import de from './texts/de';
import { ageText, urgentOf } from './urgent';

const WELL: ServiceView = {
  service: 'staffing',
  status: 'up',
  checks: [{ name: 'nats', isWell: true, detail: null }],
  outbox: { unpublished: 0, oldestSeconds: 0, unreceived: 0, failed: 0 },
  consumers: [{ producer: 'finance', isAttached: true, pending: 3, inHand: 0 }],
  queues: [],
  deadLetters: 0,
  tasks: [{ name: 'sweep', everySeconds: 60, lastAt: null, hasFailed: false, nextAt: '2027-01-01T08:00:00.000Z' }],
  audit: { records: { sealed: 1, waiting: 0 }, checkpoint: null, verifiedAt: null, faults: [] },
};
const listOf = (view: Partial<ServiceView>, more: Partial<ServiceList> = {}): ServiceList => ({
  items: [{ ...WELL, ...view }],
  away: [],
  gateway: { status: 'up', checks: [] },
  ...more,
});

describe('what needs somebody', () => {
  it('is nothing while everything works, however much is on its way', () => {
    expect(urgentOf(listOf({}), de)).toEqual([]);
  });

  it.each<[string, Partial<ServiceView>, RegExp]>([
    ['a check', { checks: [{ name: 'outbox', isWell: false, detail: 'full' }] }, /outbox/],
    ['the audit trail', { audit: { ...WELL.audit, faults: ['changed'] } }, /Nachweis/],
    [
      'a stream that does not arrive',
      { consumers: [{ producer: 'finance', isAttached: false, pending: 0, inHand: 0 }] },
      /Geld/,
    ],
    ['a message set aside', { deadLetters: 1 }, /Eine Nachricht liegt beiseite/],
    ['messages nobody takes', { outbox: { ...WELL.outbox, failed: 2 } }, /2 Nachrichten/],
    ['messages that leave late', { outbox: { ...WELL.outbox, unpublished: 1, oldestSeconds: 61 } }, /zu spät/],
    ['work that failed', { tasks: WELL.tasks.map((task) => ({ ...task, hasFailed: true })) }, /gescheitert/],
    ['mails given up', { queues: [{ name: 'mails', waiting: 0, oldestSeconds: 0, givenUp: 1 }] }, /E-Mail/],
  ])('is %s', (_, view, words) => {
    expect(urgentOf(listOf(view), de).map(({ what }) => what)).toEqual([expect.stringMatching(words)]);
  });

  it('begins with who is away', () => {
    const checks = [{ name: 'rpc', isWell: false, detail: 'not heard' }];
    const list = listOf({ deadLetters: 1 }, { away: [{ service: 'events', checks }] });
    expect(urgentOf(list, de).map(({ where, detail }) => [where, detail])).toEqual([
      ['events', 'not heard'],
      ['staffing', null],
    ]);
  });
});

it.each([
  [0.4, '0 Sekunden'],
  [61, '1 Minute'],
  [7_300, '2 Stunden'],
  [90_000, '1 Tag'],
])('%d seconds are %s', (seconds, words) => {
  expect(ageText(seconds, de)).toBe(words);
});
