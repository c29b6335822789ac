/** What `GET /v1/changes` says: one resource changed, or without an id many of its kind. */
export interface Change {
  /** As in the path: `payouts`. */
  readonly resource: string;
  readonly id?: string | undefined;
  readonly version?: number | undefined;
}

/** A read that is on screen or was: of which operation, with which input, and what it said. */
export interface ReadState {
  readonly path: string;
  readonly input: unknown;
  readonly data: unknown;
}

/** Whether a read may not say any more what is so: it is about what changed, it is a list of its kind, or it names it. */
export function isTouched({ path, input, data }: ReadState, { resource, id, version }: Change): boolean {
  const [kind, parameter, ...rest] = path.slice(1).split('/');
  // What waits for somebody is of all kinds.
  if (kind === 'waiting') return true;
  if (id === undefined) return kind === resource || mentionsKind(path, resource);
  if (kind === resource && parameter === undefined) return true;
  if (!JSON.stringify([input, data]).includes(id)) return false;
  const isTheThingItself = kind === resource && rest.length === 0;
  return !isTheThingItself || version === undefined || versionOf(data) < version;
}

function mentionsKind(path: string, resource: string): boolean {
  return path.split('/').includes(resource);
}

function versionOf(data: unknown): number {
  return typeof data === 'object' && data !== null && 'version' in data && typeof data.version === 'number'
    ? data.version
    : -1;
}
