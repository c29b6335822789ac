import { OPERATIONS, type Operation, type WaitingAnswer, type WaitingKind } from '#contracts';
import { WAITING_SOURCES } from '../../apps/gateway/src/waiting/waiting-sources';
import type { ApiClient } from '../demo/api-client';
import type { DemoUser } from '../demo/demo-token';

/**
 * Kinds whose item is not the object of the act: a run takes ordered payouts, a statement books a run, a release covers commitments, another
 * agreement follows, a newer edition or rate is another one, another address ends what a mail waits for.
 */
const OF_ANOTHER_OBJECT: readonly WaitingKind[] = [
  'payoutsOrdered',
  'runsUnanswered',
  'statementFaults',
  'commitmentsWithoutCover',
  'agreementsEnding',
  'sanctionsListOutdated',
  'ratesOutdated',
  'mailsUndelivered',
];

/** An act that somebody waits for is in the list of whoever does it before it is done, and not after. */
export class WaitingWatch {
  readonly seen = new Map<WaitingKind, number>();
  readonly faults: string[] = [];

  constructor(private readonly api: ApiClient) {}

  /** Watches every act that is done through the client from now on. */
  begin(): void {
    const post = this.api.post.bind(this.api);
    this.api.post = async <T>(user: DemoUser, path: string, ...rest: readonly unknown[]): Promise<T> => {
      const act = actAt(path);
      const [kinds, others] = act ? kindsOf(act) : [[], []];
      const countBefore = await this.counts(user, others);
      const before = await Promise.all(kinds.map((kind) => this.isWaiting(user, kind, path)));
      const reply = (await (post as (...all: readonly unknown[]) => Promise<unknown>)(user, path, ...rest)) as T;
      await Promise.all(
        kinds.map(async (kind, index) => {
          if (!before[index]) return;
          this.count(kind);
          if (await this.isWaiting(user, kind, path)) this.faults.push(`${kind} still waits after POST ${path}`);
        }),
      );
      const countAfter = await this.counts(user, others);
      for (const [index, kind] of others.entries())
        if ((countAfter[index] ?? 0) < (countBefore[index] ?? 0)) this.count(kind);
      if (kinds.length > 0 && !before.some(Boolean))
        this.faults.push(`${kinds.join(' or ')} did not wait for POST ${path}`);
      return reply;
    };
  }

  private count(kind: WaitingKind): void {
    this.seen.set(kind, (this.seen.get(kind) ?? 0) + 1);
  }

  /** How many of these kinds wait for somebody. */
  private async counts(user: DemoUser, kinds: readonly WaitingKind[]): Promise<number[]> {
    if (kinds.length === 0) return [];
    const { items } = await this.waiting(user);
    return kinds.map((kind) => items.find((group) => group.kind === kind)?.total ?? 0);
  }

  waiting(user: DemoUser): Promise<WaitingAnswer> {
    return this.api.get<WaitingAnswer>(user, '/waiting');
  }

  /** Whether the object of a path waits in this way, by the lists that the answer names; they have as many as it says. */
  async isWaiting(user: DemoUser, kind: WaitingKind, path: string): Promise<boolean> {
    const { items } = await this.waiting(user);
    const group = items.find((each) => each.kind === kind);
    if (!group) return false;
    const lists = await Promise.all(group.lists.map((list) => this.rowsOf(user, list)));
    const rows = lists.flat();
    if (rows.length !== group.total) this.faults.push(`${kind}: ${group.total} are said to wait, ${rows.length} do`);
    return rows.some((row) => Object.values(row).some((value) => typeof value === 'string' && path.includes(value)));
  }

  private async rowsOf(user: DemoUser, list: string): Promise<Record<string, unknown>[]> {
    const isPaged = 'limit' in (operationAt('GET', list.split('?')[0] ?? '')?.request.shape ?? {});
    if (isPaged) return this.api.all(user, list);
    return (await this.api.get<{ items: Record<string, unknown>[] }>(user, list)).items;
  }
}

/** Those whose item is the object of the act, and the others. */
function kindsOf(act: Operation): [own: WaitingKind[], others: WaitingKind[]] {
  const kinds = WAITING_SOURCES.filter(({ acts }) => acts.includes(act)).map(({ kind }) => kind);
  const all = [...new Set(kinds)];
  return [
    all.filter((kind) => !OF_ANOTHER_OBJECT.includes(kind)),
    all.filter((kind) => OF_ANOTHER_OBJECT.includes(kind)),
  ];
}

function actAt(path: string): Operation | undefined {
  return operationAt('POST', path);
}

/** The declaration that answers at a path. */
export function operationAt(method: string, path: string): Operation | undefined {
  return OPERATIONS.find(
    ({ http }) => http.method === method && new RegExp(`^${http.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path),
  );
}
