import { randomUUID } from 'node:crypto';
import { CaseNumber } from '#contracts';
import {
  createEvent,
  listEvents,
  listRegistrations,
  listRegistrationsOfAllEvents,
  listWaitingList,
} from '#contracts/events';
import { caller, FixedClock, startTestService, type TestService } from '#testing';
import { eventsDataSource } from '../data-source';
import { EventsModule } from '../events.module';
import { ADVISER, aPublishedEvent, BEFORE_DEADLINE, eventRequest, register } from '../factories/event.factory';

const clock = new FixedClock(BEFORE_DEADLINE);
let service: TestService;

beforeAll(async () => {
  service = await startTestService({ module: EventsModule, dataSource: eventsDataSource, clock });
});
afterAll(() => service.close());
beforeEach(() => {
  clock.set(BEFORE_DEADLINE);
});

describe('the numbers of events and registrations', () => {
  it('are 200 different ones for 200 events drafted at once, in the year that it is in Germany', async () => {
    clock.set('2026-12-31T23:30:00Z');
    const made = await Promise.all(
      Array.from({ length: 200 }, () => service.rpc(createEvent, eventRequest(), ADVISER)),
    );
    const numbers = made.map(({ caseNumber }) => CaseNumber.parse(caseNumber));
    expect(new Set(numbers).size).toBe(200);
    expect(numbers.every((number) => number.startsWith('VA-2027-'))).toBe(true);
  });

  it('find the event, also as somebody says them, and nothing with a figure misheard', async () => {
    const { id, caseNumber } = await aPublishedEvent(service);
    const [kind, year, number] = caseNumber.split('-');
    const said = `${kind?.toLowerCase()} ${year} ${Number(number)}`;
    expect((await service.rpc(listEvents, { caseNumber: said }, ADVISER)).items).toMatchObject([{ id }]);
    const misheard = `${caseNumber.slice(0, -1)}${(Number(caseNumber.slice(-1)) + 1) % 10}`;
    await expect(service.rpc(listEvents, { caseNumber: misheard }, ADVISER)).rejects.toMatchObject({
      errors: [{ pointer: '#/caseNumber' }],
    });
  });

  it('are one way to find an event, words of its title another, with a typing error and without accents', async () => {
    const title = { de: 'Bürgerbeteiligung für Wälder', en: 'Citizens for forests' };
    const { id } = await service.rpc(createEvent, eventRequest({ title }), ADVISER);
    const found = async (q: string) => (await service.rpc(listEvents, { q }, ADVISER)).items.map((it) => it.id);
    for (const q of ['Burgerbeteiligung', 'walder', 'forrests']) expect(await found(q)).toEqual([id]);
    expect(await found('Gletscher')).toEqual([]);
  });

  it('find a registration of any event, for those who may see it', async () => {
    const expert = caller('expert', { expertId: randomUUID() });
    const { id: eventId } = await aPublishedEvent(service, { capacity: 1 });
    await register(service, eventId);
    const { caseNumber, id } = await register(service, eventId, { as: expert });
    expect(caseNumber).toMatch(/^AN-2027-/);
    const find = async (as = expert) => (await service.rpc(listRegistrationsOfAllEvents, { caseNumber }, as)).items;
    expect(await find()).toMatchObject([{ id, eventId }]);
    expect(await find(ADVISER)).toMatchObject([{ id }]);
    expect(await find(caller('expert', { expertId: randomUUID(), subject: 'another' }))).toEqual([]);
    expect((await service.rpc(listRegistrations, { eventId, caseNumber }, ADVISER)).items).toMatchObject([{ id }]);
    expect((await service.rpc(listWaitingList, { eventId }, ADVISER)).items).toMatchObject([{ caseNumber }]);
  });
});
