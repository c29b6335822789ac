import { WAITING_SHOWN, type WaitingGroup, type WaitingItem, type WaitingKind } from '#contracts';

/** What one list answered for a kind. */
export interface Part {
  readonly kind: WaitingKind;
  readonly list: string;
  readonly total: number;
  readonly items: readonly WaitingItem[];
}

/** By kind, each with its most urgent; the kind with the most urgent of all first. Of what has no day nothing is said to be urgent. */
export function groupsOf(parts: readonly Part[]): WaitingGroup[] {
  const byKind = Map.groupBy(
    parts.filter(({ total }) => total > 0),
    ({ kind }) => kind,
  );
  const groups = [...byKind].map(([kind, each]) => ({
    kind,
    total: each.reduce((sum, { total }) => sum + total, 0),
    lists: each.map(({ list }) => list),
    items: each
      .flatMap(({ items }) => items)
      .sort(byUrgency)
      .slice(0, WAITING_SHOWN),
  }));
  return groups.sort((a, b) => {
    const [first, second] = [a.items[0], b.items[0]];
    return first && second ? byUrgency(first, second) : 0;
  });
}

/** Earliest deadline, then longest waiting. */
function byUrgency(a: WaitingItem, b: WaitingItem): number {
  return compareDays(a.dueOn, b.dueOn) || compareDays(a.since, b.since);
}

function compareDays(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  return b === null || a < b ? -1 : 1;
}
