export interface Mark {
  readonly country: string;
  readonly count: number;
  readonly x: number;
  readonly y: number;
  /** Where it belongs. */
  readonly home: { readonly x: number; readonly y: number };
  readonly radius: number;
}

/** Large enough to be touched (WCAG 2.5.8). */
const RADIUS_MIN = 12;
const RADIUS_MAX = 26;
const GAP = 2;
const ROUNDS_MAX = 80;

/** The area grows with the number. */
export function radiusOf(count: number): number {
  return Math.min(RADIUS_MAX, RADIUS_MIN - 3 + 3 * Math.sqrt(count));
}

/** Moves marks that cover each other just so far apart that each can be read and touched. */
export function apart(marks: readonly Mark[]): Mark[] {
  const moved = marks.map((mark) => ({ ...mark }));
  for (let round = 0; round < ROUNDS_MAX; round++) {
    let isClear = true;
    for (const [index, one] of moved.entries())
      for (const other of moved.slice(index + 1)) {
        const missing = one.radius + other.radius + GAP - Math.hypot(other.x - one.x, other.y - one.y);
        if (missing <= 0.01) continue;
        isClear = false;
        // On the very same place they part by their sequence.
        const angle = Math.atan2(other.y - one.y || index + 1, other.x - one.x || 1);
        const step = { x: (Math.cos(angle) * missing) / 2, y: (Math.sin(angle) * missing) / 2 };
        one.x -= step.x;
        one.y -= step.y;
        other.x += step.x;
        other.y += step.y;
      }
    if (isClear) break;
  }
  return moved;
}
