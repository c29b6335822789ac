import fc from 'fast-check';
import {
  Allocation,
  allocate,
  partiesInTheWay,
  poolsFor,
  SeatLine,
  type SeatPool,
  type WaitingParty,
} from './allocation';

const total = (free: number): SeatPool => ({ id: 'total', group: null, attendanceMode: null, capacity: 20, free });
const germanSide = (free: number): SeatPool => ({
  id: 'german',
  group: 'GERMAN_SIDE',
  attendanceMode: null,
  capacity: 10,
  free,
});
const request = (id: string, changes: Partial<WaitingParty> = {}): WaitingParty => ({
  isPassedOver: false,
  id,
  group: 'PARTNER_SIDE',
  attendanceMode: 'ON_SITE',
  seats: 1,
  ...changes,
});

describe('allocating seats', () => {
  it('serves in the order of arrival until the capacity is used', () => {
    expect(allocate([total(2)], [request('a'), request('b'), request('c')])).toEqual(['a', 'b']);
  });

  it('gives a delegation all of its seats or none', () => {
    expect(allocate([total(2)], [request('delegation', { seats: 3 })])).toEqual([]);
  });

  it('does not let a single person overtake a delegation that waits for the same seats', () => {
    expect(allocate([total(2)], [request('delegation', { seats: 3 }), request('person')])).toEqual([]);
  });

  it('lets those behind pass once seats were kept for it long enough', () => {
    const passed = request('delegation', { seats: 3, isPassedOver: true });
    expect(allocate([total(2)], [passed, request('person')])).toEqual(['person']);
  });

  it('does not keep seats for a party that could never fit', () => {
    expect(allocate([total(2)], [request('bus', { seats: 21 }), request('person')])).toEqual(['person']);
  });

  it('does not keep seats for a party whose quota has none', () => {
    const german = request('delegation', { group: 'GERMAN_SIDE', seats: 3 });
    expect(allocate([total(2), germanSide(0)], [german, request('person')])).toEqual(['person']);
  });

  it('says why each waits, and for whom seats are kept', () => {
    const allocation = new Allocation([total(2), germanSide(0)]);
    const waiting = [
      request('german', { group: 'GERMAN_SIDE' }),
      request('delegation', { seats: 3 }),
      request('second', { seats: 4 }),
      request('person'),
    ];
    expect(waiting.map((party) => allocation.serve(party))).toEqual([
      { reason: 'NO_SEAT_FREE', freeSeats: 0, keptFor: null },
      { reason: 'TOO_FEW_SEATS_FREE', freeSeats: 2, keptFor: 'delegation' },
      { reason: 'TOO_FEW_SEATS_FREE', freeSeats: 2, keptFor: 'delegation' },
      { reason: 'SEATS_KEPT_FOR_EARLIER_PARTY', freeSeats: 2, keptFor: 'delegation' },
    ]);
    expect(waiting.map((party) => allocation.keepsSeats(party))).toEqual([false, true, true, false]);
  });

  it('lets others pass whose quota is not the one that is full', () => {
    const waiting = [request('german', { group: 'GERMAN_SIDE' }), request('partner')];
    expect(allocate([total(2), germanSide(0)], waiting)).toEqual(['partner']);
  });

  it('counts a request in every pool that matches it', () => {
    const online: SeatPool = { id: 'online', group: null, attendanceMode: 'ONLINE', capacity: 1, free: 1 };
    const matching = poolsFor([total(5), germanSide(5), online], { group: 'GERMAN_SIDE', attendanceMode: 'ON_SITE' });
    expect(matching.map((pool) => pool.id)).toEqual(['total', 'german']);
  });

  it('never grants more seats than any pool has', () => {
    const anyRequest = fc.record({
      group: fc.constantFrom('GERMAN_SIDE', 'PARTNER_SIDE', 'EXPERTS'),
      attendanceMode: fc.constantFrom('ON_SITE', 'ONLINE'),
      seats: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(fc.nat(20), fc.nat(10), fc.array(anyRequest, { maxLength: 30 }), (all, german, requests) => {
        const pools = [total(all), germanSide(german)];
        const waiting = requests.map((it, index) => ({ id: String(index), isPassedOver: false, ...it }));
        const granted = new Set(allocate(pools, waiting));
        return pools.every((pool) => {
          const seats = waiting.filter((it) => granted.has(it.id) && poolsFor([pool], it).length > 0);
          return seats.reduce((sum, it) => sum + it.seats, 0) <= pool.free;
        });
      }),
    );
  });
});

describe('the line before the seats', () => {
  const online: SeatPool = { id: 'online', group: null, attendanceMode: 'ONLINE', capacity: 4, free: 3 };

  it('calls those behind a large party as soon as its other quota is full, before whoever arrives next', () => {
    const partnerSide: SeatPool = { ...germanSide(4), id: 'partner', group: 'PARTNER_SIDE' };
    const [large, behind] = [
      request('large', { seats: 4, attendanceMode: 'ONLINE' }),
      request('behind', { group: 'EXPERTS', attendanceMode: 'ONLINE' }),
    ];
    const line = new SeatLine([total(10), online, partnerSide], [large, behind]);
    expect(line.called).toEqual([]);
    expect(line.arrive(request('fills the quota', { seats: 4 }))).toBe(true);
    expect([line.called, line.waiting]).toEqual([[behind], [large]]);
    expect(line.arrive(request('too large now', { group: 'EXPERTS', attendanceMode: 'ONLINE', seats: 3 }))).toBe(false);
  });

  it('does not depend on who shares a transaction', () => {
    const anyParty = fc.record({
      group: fc.constantFrom('GERMAN_SIDE' as const, 'PARTNER_SIDE' as const, 'EXPERTS' as const),
      attendanceMode: fc.constantFrom('ON_SITE' as const, 'ONLINE' as const),
      seats: fc.integer({ min: 1, max: 6 }),
    });
    const capacities = fc.record({ all: fc.integer({ min: 6, max: 20 }), german: fc.integer({ min: 6, max: 10 }) });
    fc.assert(
      fc.property(capacities, fc.array(anyParty, { maxLength: 25 }), fc.nat(24), ({ all, german }, parties, cut) => {
        const pools = [
          { ...total(all), capacity: all },
          { ...germanSide(german), capacity: german },
          { ...online, capacity: 6, free: 6 },
        ];
        const arrivals = parties.map((it, index) => ({ id: String(index), isPassedOver: false, ...it }));
        const together = outcomeOf(pools, [arrivals]);
        expect(outcomeOf(pools, [arrivals.slice(0, cut), arrivals.slice(cut)])).toEqual(together);
        expect(
          outcomeOf(
            pools,
            arrivals.map((it) => [it]),
          ),
        ).toEqual(together);
      }),
    );
  });
});

describe('who is in the way of those who wait', () => {
  const seated = [
    request('online', { attendanceMode: 'ONLINE' }),
    request('pair', { seats: 2 }),
    request('german', { group: 'GERMAN_SIDE' }),
    request('last'),
  ];
  const gone = (pools: readonly SeatPool[], ...waiting: readonly WaitingParty[]) =>
    partiesInTheWay(pools, { seated, waiting }).map(({ id }) => id);

  it.each([
    ['the first whose time was over', [total(0)], [request('one')], ['online']],
    ['no more than it takes', [total(0)], [request('two', { seats: 2 })], ['pair']],
    [
      'only of the pool that is full',
      [total(4), germanSide(0)],
      [request('one', { group: 'GERMAN_SIDE' })],
      ['german'],
    ],
    ['for the first in line whom it helps', [total(0)], [request('ten', { seats: 10 }), request('one')], ['online']],
    ['nobody where seats are free, kept for another', [total(1)], [request('one')], []],
    ['nobody where nobody waits', [total(0)], [], []],
  ])('are %s', (_, pools, waiting, expected) => {
    expect(gone(pools, ...waiting)).toEqual(expected);
  });
});

/** Who is seated on arrival and who is called later, when these batches have a transaction each. */
function outcomeOf(pools: readonly SeatPool[], batches: readonly (readonly WaitingParty[])[]): string[] {
  const outcome: string[] = [];
  let waiting: readonly WaitingParty[] = [];
  const taken: WaitingParty[] = [];
  for (const batch of batches) {
    const free = pools.map((pool) => {
      const seats = taken.filter((it) => poolsFor([pool], it).length > 0).reduce((sum, it) => sum + it.seats, 0);
      return { ...pool, free: pool.free - seats };
    });
    const line = new SeatLine(free, waiting);
    for (const party of batch) {
      const before = line.called.length;
      if (!line.arrive(party)) continue;
      outcome.push(`${party.id} seated`);
      taken.push(party);
      outcome.push(...line.called.slice(before).map(({ id }) => `${id} called`));
    }
    taken.push(...line.called);
    waiting = line.waiting;
  }
  return outcome;
}
