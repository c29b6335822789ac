import { type ActionsView, type Operation, operationId } from '#contracts';

/** The operation ids of what is possible, in the order of the alphabet. */
export function possibleActs({ items }: ActionsView): string[] {
  return items
    .filter(({ isPossible }) => isPossible)
    .map(({ operation }) => operation)
    .sort();
}

/** Why an act is not possible; undefined when it is. */
export function refusalOf({ items }: ActionsView, operation: Operation): string | undefined {
  return items.find((it) => it.operation === operationId(operation))?.refusal?.code;
}
