import { type Operation, OPERATIONS, pathParameters } from '#contracts';

/** That a resource is not any more as a client may have it; without an id, that some of its kind are not. */
export interface Change {
  /** As in the path: `payouts`. */
  readonly resource: string;
  readonly id?: string;
  /** Where the message says it; a client that has this version, or a later one, has nothing to do. */
  readonly version?: number;
}

/** How a kind of resource is read by its id: who may do that may know that it changed. */
export interface NamedResource {
  readonly resource: string;
  readonly parameter: string;
  readonly read: Operation;
}

/** `/payouts/{payoutId}` -> whatever names a `payoutId` names a payout. */
const BY_PARAMETER: ReadonlyMap<string, NamedResource> = new Map(
  OPERATIONS.filter(({ http }) => http.method === 'GET' && !http.file && /^\/[\w-]+\/\{\w+\}$/.test(http.path)).map(
    (read) => {
      const [parameter = ''] = pathParameters(read.http.path);
      return [parameter, { resource: read.http.path.split('/')[1] ?? '', parameter, read }];
    },
  ),
);
export const NAMED_RESOURCES: readonly NamedResource[] = [...BY_PARAMETER.values()];

const BY_RESOURCE = new Map(NAMED_RESOURCES.map((named) => [named.resource, named]));

export function namedResource(resource: string): NamedResource | undefined {
  return BY_RESOURCE.get(resource);
}

/** What a message says about whom: every resource that its data name, with the version of the one that it is about. */
export function changesIn(message: {
  readonly aggregateId: string;
  readonly version: number;
  readonly data: Readonly<Record<string, unknown>>;
}): Change[] {
  return Object.entries(message.data).flatMap(([member, id]) => {
    const named = BY_PARAMETER.get(member);
    if (!named || typeof id !== 'string') return [];
    const { resource } = named;
    return [id === message.aggregateId ? { resource, id, version: message.version } : { resource, id }];
  });
}
