import type { AttendanceMode, RegistrantGroup, WaitingReason } from '#contracts/events';

/** Seats of one event for a group, an attendance mode, both, or (null, null) for everyone. */
export interface SeatPool {
  readonly id: string;
  readonly group: RegistrantGroup | null;
  readonly attendanceMode: AttendanceMode | null;
  readonly capacity: number;
  readonly free: number;
}

/** The seats that a party asks for. */
export interface Wish {
  readonly group: RegistrantGroup;
  readonly attendanceMode: AttendanceMode;
  readonly seats: number;
}

export interface WaitingParty extends Wish {
  readonly id: string;
  /** Seats have been kept free for it as long as the rule allows: those behind it may go first. */
  readonly isPassedOver: boolean;
}

/** What a party that gets no seats now is told. */
export interface Wait {
  readonly reason: WaitingReason;
  /** Seats that are free for its group and attendance mode. */
  readonly freeSeats: number;
  /** The party for which they are kept: itself or the first that came earlier. */
  readonly keptFor: string | null;
}

/** The pools a wish draws from: the capacity of the event and each quota that counts it. */
export function poolsFor<P extends SeatPool>(pools: readonly P[], wish: Omit<Wish, 'seats'>): P[] {
  return pools.filter(
    (pool) =>
      (pool.group === null || pool.group === wish.group) &&
      (pool.attendanceMode === null || pool.attendanceMode === wish.attendanceMode),
  );
}

/** The pool that could never seat the party, were it empty; undefined where there is none. */
export function poolTooSmallFor(pools: readonly SeatPool[], wish: Wish): SeatPool | undefined {
  return poolsFor(pools, wish).find((pool) => pool.capacity < wish.seats);
}

/**
 * Gives seats in the order of arrival, all or nothing per party. A party that needs more seats than are free is not overtaken at
 * once: the pools that are too small for it are closed for those behind, so that a delegation is not starved by single persons.
 * But a seat never waits for ever: a party that was passed over, or that could never fit, closes nothing.
 */
export class Allocation {
  private readonly free: Map<string, number>;
  /** Who closed a pool for everyone behind. */
  private readonly closedBy = new Map<string, string>();

  constructor(private readonly pools: readonly SeatPool[]) {
    this.free = new Map(pools.map((pool) => [pool.id, pool.free]));
  }

  /** Serves the next in line; undefined when it has its seats now. */
  serve(party: WaitingParty): Wait | undefined {
    const needed = poolsFor(this.pools, party);
    const short = needed.filter((pool) => this.freeIn(pool) < party.seats);
    const closed = needed.find((pool) => this.closedBy.has(pool.id));
    if (short.length === 0 && !closed) {
      for (const pool of needed) this.free.set(pool.id, this.freeIn(pool) - party.seats);
      return undefined;
    }
    const freeSeats = Math.min(...needed.map((pool) => this.freeIn(pool)));
    const keeps = short.length > 0 && freeSeats > 0 && !party.isPassedOver && !poolTooSmallFor(this.pools, party);
    if (keeps) for (const pool of short) if (!this.closedBy.has(pool.id)) this.closedBy.set(pool.id, party.id);
    const reason = reasonOf(freeSeats, short.length > 0);
    const keptFor = closed ? this.closedBy.get(closed.id) : keeps ? party.id : undefined;
    return { reason, freeSeats, keptFor: freeSeats > 0 ? (keptFor ?? null) : null };
  }

  /** Whether seats that are free in the end are kept from others because of this party. */
  keepsSeats(party: WaitingParty): boolean {
    const free = Math.min(...poolsFor(this.pools, party).map((pool) => this.freeIn(pool)));
    return free > 0 && free < party.seats && !poolTooSmallFor(this.pools, party);
  }

  /** Seats of the pool that are free and kept for nobody. */
  available(pool: SeatPool): number {
    return this.closedBy.has(pool.id) ? 0 : this.freeIn(pool);
  }

  private freeIn(pool: SeatPool): number {
    return this.free.get(pool.id) ?? 0;
  }
}

function reasonOf(freeSeats: number, isShort: boolean): WaitingReason {
  if (freeSeats === 0) return 'NO_SEAT_FREE';
  return isShort ? 'TOO_FEW_SEATS_FREE' : 'SEATS_KEPT_FOR_EARLIER_PARTY';
}

/** Who of those who wait gets seats. */
export function allocate(pools: readonly SeatPool[], waiting: readonly WaitingParty[]): string[] {
  return new SeatLine(pools, waiting).called.map((party) => party.id);
}

/**
 * The line before the seats of one event, for one transaction. Whoever takes seats can fill a pool and so end that seats are kept for a
 * large party: those behind it who fit now are called before anybody who arrives later, as if each had come in a transaction alone.
 */
export class SeatLine<Party extends WaitingParty> {
  /** Who waited and has seats now, in the order in which they got them. */
  readonly called: Party[] = [];
  private pools: readonly SeatPool[];
  private parties: readonly Party[];
  private current: Allocation;

  constructor(pools: readonly SeatPool[], waiting: readonly Party[]) {
    this.pools = pools;
    this.parties = waiting;
    this.current = new Allocation(pools);
    this.settle();
  }

  /** Who still waits, in the order of arrival. */
  get waiting(): readonly Party[] {
    return this.parties;
  }

  /** What is free and kept now that everybody who fits has seats. */
  get allocation(): Allocation {
    return this.current;
  }

  /** Seats the party if it fits and nobody who came earlier waits for the same seats; otherwise it joins the line. */
  arrive(party: Party): boolean {
    if (this.current.serve(party)) {
      this.parties = [...this.parties, party];
      return false;
    }
    this.take(party);
    this.settle();
    return true;
  }

  private settle(): void {
    for (let next = this.firstThatFits(); next; next = this.firstThatFits()) {
      const called = next;
      this.called.push(called);
      this.take(called);
      this.parties = this.parties.filter((party) => party !== called);
    }
  }

  /** Asked anew after each call: who is called can end, or begin, that seats are kept for an earlier party. */
  private firstThatFits(): Party | undefined {
    const allocation = new Allocation(this.pools);
    this.current = allocation;
    return this.parties.find((party) => !allocation.serve(party));
  }

  private take(party: Party): void {
    const taken = new Set(poolsFor(this.pools, party));
    this.pools = this.pools.map((pool) => (taken.has(pool) ? { ...pool, free: pool.free - party.seats } : pool));
  }
}

/**
 * Who of those that are seated has to go, the first ones first and no more than it takes, for the first in line who could sit in their
 * place; none where that helps nobody.
 */
export function partiesInTheWay<Party extends WaitingParty>(
  pools: readonly SeatPool[],
  { seated, waiting }: { readonly seated: readonly Party[]; readonly waiting: readonly WaitingParty[] },
): readonly Party[] {
  for (const party of waiting) {
    const isShort = (gone: readonly Party[]) =>
      poolsFor(without(pools, gone), party).some(({ free }) => free < party.seats);
    const enough = seated.findIndex((_, index) => !isShort(seated.slice(0, index + 1)));
    // What is free already is kept for somebody, and not for long.
    if (enough < 0 || !isShort([])) continue;
    const gone = seated.slice(0, enough + 1);
    return gone.reduce((fewer, one) => {
      const rest = fewer.filter((other) => other !== one);
      return isShort(rest) ? fewer : rest;
    }, gone);
  }
  return [];
}

function without(pools: readonly SeatPool[], gone: readonly WaitingParty[]): SeatPool[] {
  return pools.map((pool) => {
    const seats = gone
      .filter((party) => poolsFor([pool], party).length > 0)
      .reduce((sum, party) => sum + party.seats, 0);
    return { ...pool, free: pool.free + seats };
  });
}
