/** The faults of a form as react-hook-form keeps them: a tree like that of the values. */
export interface NamedMessage {
  readonly name: string;
  readonly message: string;
}

/** The message at a place and not below it: a group shows its own, its parts theirs. */
export function messageAt(errors: object, name: string): string | undefined {
  let place: unknown = errors;
  for (const part of name.split('.')) place = isRecord(place) ? place[part] : undefined;
  return ownMessage(place) ?? (isRecord(place) ? ownMessage(place.root) : undefined);
}

/** All messages with their places, in the sequence of the form. */
export function messagesIn(errors: object, prefix = ''): NamedMessage[] {
  return Object.entries(errors).flatMap(([key, value]: [string, unknown]) => {
    if (!isRecord(value) && !Array.isArray(value)) return [];
    const name = key === 'root' && prefix !== '' ? prefix : prefix === '' ? key : `${prefix}.${key}`;
    const message = ownMessage(value);
    return message === undefined ? messagesIn(value, name) : [{ name, message }];
  });
}

function ownMessage(value: unknown): string | undefined {
  return isRecord(value) && typeof value.message === 'string' && 'type' in value ? value.message : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
