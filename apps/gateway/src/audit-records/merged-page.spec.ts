import type { AuditRecordView, ServiceName } from '#contracts';
import { mergedPage, type Part, placesOf, type Places } from './merged-page';

const record = (service: ServiceName, minute: number): AuditRecordView => ({
  id: `00000000-0000-7000-8000-0000000000${minute}`,
  service,
  recordedAt: `2027-01-01T10:${minute}:00.000Z`,
  actor: 'paula',
  act: `rpc.${service}.thing.put`,
  objectId: null,
  objectVersion: null,
  why: null,
  roles: [],
  published: [],
  changes: [],
  correlationId: 'c',
  cursor: `${service}-${minute}`,
});
const part = (service: ServiceName, minutes: readonly number[], next: string | null = null): [ServiceName, Part] => [
  service,
  { items: minutes.map((minute) => record(service, minute)), page: { limit: 10, next, prev: null } },
];
const minutes = (items: readonly AuditRecordView[]) => items.map(({ recordedAt }) => Number(recordedAt.slice(14, 16)));

describe('the merged audit trail', () => {
  it('has the newest records of all services first, and goes on where each was left', () => {
    const parts = new Map([
      part('finance', [50, 30]),
      part('staffing', [40, 20]),
      part('events', []),
      part('partnership', []),
    ]);
    const first = mergedPage(parts, {}, 3);
    expect(minutes(first.items)).toEqual([50, 40, 30]);
    expect(placesOf(first.page.next ?? '')).toEqual({
      finance: null,
      staffing: 'staffing-40',
      events: null,
      partnership: null,
    } satisfies Places);
  });

  it('ends early where the next record of a service is not known yet', () => {
    const parts = new Map([part('finance', [50, 40], 'more'), part('staffing', [30])]);
    expect(minutes(mergedPage(parts, {}, 10).items)).toEqual([50, 40]);
  });

  it('names a service that is away, and keeps its place', () => {
    const parts = new Map<ServiceName, Part>([part('finance', [50]), ['staffing', undefined]]);
    const page = mergedPage(parts, { staffing: 'staffing-45', events: null, partnership: null }, 10);
    expect(page.unavailable).toEqual(['staffing']);
    expect(placesOf(page.page.next ?? '')).toMatchObject({ staffing: 'staffing-45', finance: null });
  });

  it('has no next page once every service is read to its end', () => {
    const parts = new Map([part('finance', [50]), part('staffing', []), part('events', []), part('partnership', [])]);
    expect(mergedPage(parts, {}, 10).page.next).toBeNull();
  });

  it.each([
    'x',
    Buffer.from('{"nobody":"1"}').toString('base64url'),
    Buffer.from('{"finance":1}').toString('base64url'),
  ])('refuses the cursor %s', (cursor) => {
    expect(() => placesOf(cursor)).toThrow('PLATFORM_CURSOR_INVALID');
  });
});
