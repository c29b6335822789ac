import * as fc from 'fast-check';
import type { Message, OutgoingMessage } from '#contracts';
import { attendanceRecorded } from '#contracts/events';
import { fundCoverGranted } from '#contracts/finance';
import { changePartnership, listCaseFacts, listTimelineSources, type MunicipalityView } from '#contracts/partnership';
import { assignmentConfirmed, assignmentDeparted, expertRequestSubmitted, reportAccepted } from '#contracts/staffing';
import { newId } from '#platform';
import { allHandled, caller, type TestService } from '#testing';
import {
  activate,
  type Link,
  newPartnership,
  officer,
  recordGerman,
  recordPartner,
  startPartnership,
} from '../../test/partnership.factory';

let app: TestService;
let link: Link;
let stranger: MunicipalityView;

beforeAll(async () => {
  app = await startPartnership();
  link = { german: await recordGerman(app), partner: await recordPartner(app) };
  stranger = await recordPartner(app, { names: { official: 'Kigali' }, country: 'RW' });
}, 60_000);
afterAll(() => app.close());

const EXPERT = newId();
const eur = (amount: string) => ({ amount, currency: 'EUR' });

/** What the other services tell of one assignment of a partnership. */
function messagesOf(partnershipId: string, town = link.partner): OutgoingMessage[] {
  const assignmentId = newId();
  const common = {
    ...{ assignmentId, partnershipIds: [partnershipId], expertId: EXPERT, employerMunicipalityId: town.id },
    ...{ instrument: 'LOCAL_EXPERT', period: { from: '2027-01-01', to: '2028-01-01' }, departedOn: '2027-01-10' },
    ...{
      commitmentId: newId(),
      fundId: newId(),
      total: eur('98765.43'),
      byYear: [{ year: 2027, amount: eur('98765.43') }],
    },
    ...{ expertRequestId: newId(), eligibilityEvaluationId: newId(), reportId: newId(), kind: 'START', sequence: 1 },
    ...{ acceptedOn: '2027-03-04', registrationId: newId(), eventId: newId(), municipalityId: town.id },
  };
  const tell = (declaration: Message, aggregateId: string, aggregateVersion: number): OutgoingMessage =>
    declaration.of({ aggregateId, aggregateVersion, data: declaration.data.parse(common) });
  return [
    tell(expertRequestSubmitted, common.expertRequestId, 2),
    tell(fundCoverGranted, common.commitmentId, 1),
    tell(assignmentConfirmed, assignmentId, 3),
    tell(assignmentDeparted, assignmentId, 4),
    tell(reportAccepted, common.reportId, 5),
    tell(attendanceRecorded, common.registrationId, 6),
  ];
}

async function arrive(messages: readonly OutgoingMessage[]): Promise<void> {
  // The same moment for each message however often it is told; the histories are put in order by it.
  for (const message of messages)
    await app.publish(message, { occurredAt: new Date(OCCURRED - message.aggregateVersion * 1000) });
  await allHandled(app, 'partnership');
}
const OCCURRED = Date.parse('2027-03-05T09:00:00Z');
const timelineOf = async (partnershipId: string, as = officer) =>
  (await app.rpc(listCaseFacts, { partnershipId, limit: 200 }, as)).items;

it('is one history of what happened here and in the other services, latest first', async () => {
  const partnership = await activate(app, link);
  const { id, version } = partnership;
  const changed = { ...newPartnership(link), languages: ['fr'], reason: 'typed wrong', partnershipId: id };
  await app.rpc(changePartnership, changed, officer, { expectedVersion: version });
  await arrive(messagesOf(id));
  const facts = await timelineOf(id);
  expect(facts.map(({ source, kind, on }) => [source, kind, on])).toEqual([
    ['finance', 'COVER_GRANTED', '2027-03-05'],
    ['staffing', 'REQUEST_SUBMITTED', '2027-03-05'],
    ['staffing', 'CONFIRMED', '2027-03-05'],
    ['events', 'EVENT_ATTENDED', '2027-03-05'],
    ['staffing', 'REPORT_ACCEPTED', '2027-03-04'],
    ['staffing', 'DEPARTED', '2027-01-10'],
    ['partnership', 'CHANGED', '2026-11-27'],
    ['partnership', 'STATUS', '2014-05-01'],
    ['partnership', 'AGREEMENT', '2014-05-01'],
    ['partnership', 'STATUS', '2014-01-01'],
  ]);
  expect(facts.find(({ kind }) => kind === 'REPORT_ACCEPTED')?.details).toEqual({ reportKind: 'START', sequence: 1 });
});

it('tells no person and no amount, and nothing to a town that does not take part', async () => {
  const { id } = await activate(app, link);
  await arrive(messagesOf(id));
  const own = caller('municipality-partner', { municipalityId: link.partner.id });
  const told = JSON.stringify(await timelineOf(id, own));
  expect(told).toContain('CONFIRMED');
  expect(told).not.toContain(EXPERT);
  expect(told).not.toContain('98765');
  const foreign = caller('municipality-partner', { municipalityId: stranger.id });
  await expect(timelineOf(id, foreign)).rejects.toMatchObject({ code: 'PLATFORM_RESOURCE_NOT_FOUND' });
});

it('is the same byte for byte, in whatever order and however often it is told', async () => {
  // A town of its own, which came to no other event.
  const partner = await recordPartner(app, { names: { official: 'Durban' }, country: 'ZA' });
  const { id } = await activate(app, { ...link, partner });
  const messages = messagesOf(id, partner);
  await arrive(messages);
  const expected = JSON.stringify(await timelineOf(id));
  const twice = [...messages.keys(), ...messages.keys()];
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(twice, { minLength: twice.length }), async (order) => {
      await app.testDatabase.asAdmin('TRUNCATE partnership.case_fact');
      await arrive(order.flatMap((at) => messages[at] ?? []));
      expect(JSON.stringify(await timelineOf(id))).toBe(expected);
    }),
    { numRuns: 5 },
  );
});

it('says how current it is', async () => {
  const { items } = await app.rpc(listTimelineSources, {}, officer);
  expect(items.map(({ service, waiting }) => [service, waiting]).sort()).toEqual([
    ['events', 0],
    ['finance', 0],
    ['staffing', 0],
  ]);
});
