/** A field that was changed here and elsewhere. */
export interface Clash {
  readonly name: string;
  readonly mine: unknown;
  readonly theirs: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

/** Of what both began with: what only they changed is taken over, and what both changed differently is a clash that keeps mine. */
export function merged(base: Fields, mine: Fields, theirs: Fields): { values: Fields; clashes: readonly Clash[] } {
  const taken: [string, unknown][] = [];
  const clashes: Clash[] = [];
  for (const [name, their] of Object.entries(theirs)) {
    if (isSame(their, base[name]) || isSame(their, mine[name])) continue;
    if (isSame(mine[name], base[name])) taken.push([name, their]);
    else clashes.push({ name, mine: mine[name], theirs: their });
  }
  return { values: Object.fromEntries(taken), clashes };
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
