import { type Operation, pathParameters } from '#contracts';
import type { Random } from './random';

const KEPT_A_KIND = 60;

/** Something that the platform answered with, to be asked for or changed later. */
export interface KnownThing {
  readonly id: string;
  readonly version: number | undefined;
}

/** Remembers ids and versions out of answers, by the resource that they belong to, so that requests make sequences. */
export class KnownThings {
  private readonly byKind = new Map<string, Map<string, KnownThing>>();

  learn(operation: Operation, path: Readonly<Record<string, unknown>>, answer: unknown): void {
    if (!isObject(answer)) return;
    const items = Array.isArray(answer['items']) ? answer['items'] : [answer];
    for (const item of items) this.keep(operation, path, item);
  }

  pick(kind: string, random: Random): KnownThing | undefined {
    return random.pick([...(this.byKind.get(kind)?.values() ?? [])]);
  }

  version(kind: string, id: string): number | undefined {
    return this.byKind.get(kind)?.get(id)?.version;
  }

  /** A known id for a member that names one: `partnershipId`, `payeeIds`. */
  idFor(member: string, random: Random): string | undefined {
    const stem = member.replace(/Ids?$/, '').toLowerCase();
    const kind = [...this.byKind.keys()].find((known) => singular(known).replaceAll('-', '') === stem);
    return kind === undefined ? undefined : this.pick(kind, random)?.id;
  }

  get count(): number {
    return [...this.byKind.values()].reduce((sum, things) => sum + things.size, 0);
  }

  private keep({ http }: Operation, path: Readonly<Record<string, unknown>>, item: unknown): void {
    if (!isObject(item) || typeof item['id'] !== 'string') return;
    const { id, version } = item;
    // An act answers the thing that stands in its path; a creation or a list answers what its own last segment names.
    const inPath = pathParameters(http.path).find((name) => path[name] === id);
    const kind = inPath === undefined ? (http.path.split('/').findLast(isName) ?? '') : kindOf(http.path, inPath);
    const things = this.byKind.get(kind) ?? new Map<string, KnownThing>();
    this.byKind.set(kind, things);
    things.delete(id);
    things.set(id, { id, version: typeof version === 'number' ? version : undefined });
    if (things.size > KEPT_A_KIND) things.delete(things.keys().next().value ?? '');
  }
}

/** The resource whose id stands in a path: `/payouts/{payoutId}/orders` -> `payouts`. */
export function kindOf(path: string, parameter: string): string {
  const segments = path.split('/');
  return segments[segments.indexOf(`{${parameter}}`) - 1] ?? '';
}

function isName(segment: string): boolean {
  return segment !== '' && !segment.startsWith('{');
}

function singular(plural: string): string {
  return plural.replace(/ies$/, 'y').replace(/s$/, '');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
