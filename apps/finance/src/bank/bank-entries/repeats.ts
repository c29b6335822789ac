import type { BankEntryObstacle, Direction } from '#contracts/finance';
import type { CamtKind } from './bank-entry-store.service';

/** A statement, or a page of one, as far as it tells whether another one says the same. */
export interface ComparedStatement {
  readonly givenId: string;
  readonly pageNumber: number;
  readonly sequenceNumber: number | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly datedOn: string | null;
  readonly openingMinor: bigint | null;
  readonly closingMinor: bigint | null;
}

export interface ComparedEntry {
  readonly id: string;
  readonly kind: CamtKind;
  readonly direction: Direction;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly bookedOn: string;
  readonly bankReference: string | null;
  readonly endToEndIds: readonly string[];
  /** Null where it was kept before there were any. */
  readonly digest: string | null;
}

/** An entry that was here before. */
export interface KnownEntry extends ComparedEntry {
  readonly statement: ComparedStatement;
  /** What it repeats itself, across the two kinds of message. */
  readonly duplicateOf: string | null;
  /** An entry of the other kind repeats it. */
  readonly hasTwin: boolean;
}

export interface Repeat {
  readonly id: string;
  readonly duplicateOf: string;
}

export interface Held {
  readonly id: string;
  readonly obstacle: BankEntryObstacle;
  readonly explanation: string;
}

export interface Repeats {
  readonly duplicates: readonly Repeat[];
  readonly held: readonly Held[];
}

/**
 * How an earlier statement stands to a new one: the same one as the bank made it before, another page of it, one whose days it
 * covers too, one that ends where the new one begins or the reverse, or one of which nothing is known.
 */
export type Relation = 'EARLIER_VERSION' | 'OTHER_PAGE' | 'OVERLAPS' | 'NEIGHBOUR' | 'UNKNOWN';

export function relationOf(fresh: ComparedStatement, known: ComparedStatement): Relation {
  if (isSameStatement(fresh, known)) return fresh.pageNumber === known.pageNumber ? 'EARLIER_VERSION' : 'OTHER_PAGE';
  if (isProvenNeighbour(fresh, known)) return 'NEIGHBOUR';
  const isNumberedApart =
    fresh.sequenceNumber !== null && known.sequenceNumber !== null && fresh.sequenceNumber !== known.sequenceNumber;
  return !isNumberedApart && haveCommonDays(fresh, known) ? 'OVERLAPS' : 'UNKNOWN';
}

/** Ids begin anew each year, so the id alone says nothing. */
function isSameStatement(a: ComparedStatement, b: ComparedStatement): boolean {
  if (a.givenId !== b.givenId || (a.sequenceNumber ?? b.sequenceNumber) !== (b.sequenceNumber ?? a.sequenceNumber)) {
    return false;
  }
  const havePeriods = a.to !== null && b.to !== null;
  return havePeriods ? a.from === b.from && a.to === b.to : a.datedOn?.slice(0, 4) === b.datedOn?.slice(0, 4);
}

function isProvenNeighbour(a: ComparedStatement, b: ComparedStatement): boolean {
  const moved = (it: ComparedStatement) => it.openingMinor !== it.closingMinor;
  const follows = (first: ComparedStatement, next: ComparedStatement) =>
    first.closingMinor !== null && first.closingMinor === next.openingMinor;
  return moved(a) && moved(b) && follows(a, b) !== follows(b, a);
}

function haveCommonDays(a: ComparedStatement, b: ComparedStatement): boolean {
  if (a.from === null || a.to === null || b.from === null || b.to === null) return false;
  return a.from <= b.to && b.from <= a.to;
}

/**
 * Which entries of a statement the bank has told before, each copy once: in an earlier version of the statement or in one that
 * overlaps with it, and in a message of the other kind. What a corrected statement says otherwise, and what nobody can tell from a
 * booking of its own, is held for a person.
 */
export function findRepeats(
  statement: ComparedStatement,
  fresh: readonly ComparedEntry[],
  known: readonly KnownEntry[],
): Repeats {
  const kind = fresh[0]?.kind;
  const relations = new Map(known.map((it) => [it.statement, relationOf(statement, it.statement)]));
  const related = (...wanted: Relation[]) =>
    known.filter((it) => it.kind === kind && wanted.includes(relations.get(it.statement) ?? 'UNKNOWN'));
  const pairs = new Pairs(fresh);
  const certain = related('EARLIER_VERSION', 'OVERLAPS', 'UNKNOWN');
  pairs.pair(certain, referenceKey);
  pairs.pair(related('EARLIER_VERSION', 'OVERLAPS'), ({ digest }) => digest);
  const twins = known.filter((it) => it.kind !== kind && it.duplicateOf === null && !it.hasTwin);
  for (const key of TWIN_KEYS) pairs.pair(twins, key);
  const held = [...changed(pairs, related('EARLIER_VERSION')), ...lookRepeated(pairs, related('UNKNOWN', 'NEIGHBOUR'))];
  return { duplicates: pairs.duplicates, held: [...new Map(held.map((it) => [it.id, it])).values()] };
}

type Key = (entry: ComparedEntry) => string | null;

const text = (...parts: readonly unknown[]): string => JSON.stringify(parts.map(String));
const moneyOf = ({ direction, amountMinor, currency }: ComparedEntry) => text(direction, amountMinor, currency);

/** The bank's reference names an entry; payments or, where it names none, all that it says tell apart what shares a reference. */
const referenceKey: Key = (it) =>
  it.bankReference === null
    ? null
    : text(moneyOf(it), it.bookedOn, it.bankReference, ...(it.endToEndIds.length > 0 ? it.endToEndIds : [it.digest]));

// A booking comes in the statement and often in a notification before, at times with less in one of them: the stronger key first.
const TWIN_KEYS: readonly Key[] = [
  (it) => (it.bankReference === null ? null : text(moneyOf(it), it.bankReference, ...it.endToEndIds)),
  (it) => it.digest,
  // One of the two has no payments, or no reference; what both have differs or the keys above had found it.
  (it) => (it.bankReference === null ? null : text(moneyOf(it), it.bankReference)),
  (it) => (it.endToEndIds.length === 0 ? null : text(moneyOf(it), ...it.endToEndIds)),
];

/** The n-th of several alike repeats the n-th of those that were here. */
class Pairs {
  readonly duplicates: Repeat[] = [];
  private readonly repeated = new Set<string>();
  private readonly isOpen: Set<string>;

  constructor(private readonly fresh: readonly ComparedEntry[]) {
    this.isOpen = new Set(fresh.map(({ id }) => id));
  }

  get open(): ComparedEntry[] {
    return this.fresh.filter(({ id }) => this.isOpen.has(id));
  }

  isRepeated(known: KnownEntry): boolean {
    return this.repeated.has(known.duplicateOf ?? known.id);
  }

  pair(known: readonly KnownEntry[], key: Key): void {
    const free = Map.groupBy(
      known.filter((it) => !this.isRepeated(it)),
      (it) => key(it) ?? '',
    );
    for (const entry of this.open) {
      const wanted = key(entry);
      const found =
        wanted === null ? undefined : free.get(wanted)?.find((it) => !this.isRepeated(it) && fits(entry, it));
      if (!found) continue;
      const duplicateOf = found.duplicateOf ?? found.id;
      this.repeated.add(duplicateOf);
      this.isOpen.delete(entry.id);
      this.duplicates.push({ id: entry.id, duplicateOf });
    }
  }
}

/** Two that both name payments or references name the same. */
function fits(a: ComparedEntry, b: ComparedEntry): boolean {
  const sameReference = a.bankReference === null || b.bankReference === null || a.bankReference === b.bankReference;
  const samePayments =
    a.endToEndIds.length === 0 || b.endToEndIds.length === 0 || text(...a.endToEndIds) === text(...b.endToEndIds);
  return sameReference && samePayments;
}

function changed(pairs: Pairs, before: readonly KnownEntry[]): Held[] {
  const gone = before.filter((it) => !pairs.isRepeated(it));
  const byName = new Map(gone.flatMap((it) => namesOf(it).map((name) => [name, it] as const)));
  return pairs.open.flatMap((entry): Held[] => {
    const former = namesOf(entry).flatMap((name) => byName.get(name) ?? [])[0];
    return former
      ? [
          {
            id: entry.id,
            obstacle: 'CHANGED',
            explanation: `it was another entry of ${former.bookedOn} before the statement was corrected`,
          },
        ]
      : [];
  });
}

function lookRepeated(pairs: Pairs, known: readonly KnownEntry[]): Held[] {
  const digests = new Map(known.flatMap((it) => (it.digest === null ? [] : [[it.digest, it] as const])));
  return pairs.open.flatMap((entry): Held[] => {
    const former = digests.get(entry.digest ?? '');
    return former
      ? [
          {
            id: entry.id,
            obstacle: 'LOOKS_REPEATED',
            explanation: `statement ${former.statement.givenId} has an entry just like it`,
          },
        ]
      : [];
  });
}

function namesOf({ bankReference, endToEndIds, direction }: ComparedEntry): string[] {
  const reference = bankReference === null ? [] : [text('reference', bankReference)];
  return [...reference, ...endToEndIds.map((id) => text(direction, id))];
}
