import type { Role } from '#contracts';
import type { WalkedActions } from './action-walk';

/** What an act answers: that it is possible, or the code of its refusal. */
type Outcome = string;

/**
 * Who may do what in which state, as data. Each row tells what the acts, in the order of `acts`, answer to those who hold them; the
 * others are refused as `PLATFORM_ACTION_NOT_ALLOWED`, and those whose object it is not, as if it were not there.
 */
export interface ActMatrix {
  readonly acts: readonly string[];
  /** By act, the only roles that hold it. */
  readonly holders: Readonly<Record<string, readonly Role[]>>;
  readonly states: Readonly<Record<string, readonly Outcome[]>>;
}

const NOT_ALLOWED = 'PLATFORM_ACTION_NOT_ALLOWED';
const NOT_FOUND = 'PLATFORM_RESOURCE_NOT_FOUND';

/** Every cell of a matrix: what each act answers to each caller in each state. `another expert` is one whose object it is not. */
export function cellsOf({ acts, holders, states }: ActMatrix, callers: readonly string[]): Record<string, Outcome> {
  const outcome = (caller: string, act: string, of: Outcome): Outcome => {
    const role = caller.replace(/^another /, '');
    if (!holders[act]?.some((holder) => holder === role)) return NOT_ALLOWED;
    return role === caller ? of : NOT_FOUND;
  };
  return Object.fromEntries(
    Object.entries(states).flatMap(([state, row]) =>
      acts.flatMap((act, index) =>
        callers.map((caller) => [`${state} ${act} ${caller}`, outcome(caller, act, row[index] ?? '')]),
      ),
    ),
  );
}

/** Every cell that a walk was told, with all that it was told there. */
export function toldCells({ told }: WalkedActions): Record<string, string> {
  return Object.fromEntries([...told].map(([cell, outcomes]) => [cell, [...outcomes].join(' or ')]));
}
