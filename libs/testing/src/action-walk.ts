import { type ActionsView, AppError, type Operation, operationId, OPERATIONS } from '#contracts';
import { newId } from '#platform';
import type { TestCaller } from './test-caller';
import type { TestFleet } from './test-service';

type Request = Readonly<Record<string, unknown>>;

/**
 * An object of the kind that is walked, and callers by what they are to it: one of each role that may see it, first one that does; and
 * those who must not see it, whom every act refuses.
 */
export interface WalkedObject {
  readonly id: string;
  /** What else the paths of its acts name, for those that do. */
  readonly besides?: Request;
  readonly callers: Readonly<Record<string, TestCaller>>;
}

export interface ActionWalk {
  readonly app: Pick<TestFleet, 'rpc'>;
  readonly actions: Operation;
  readonly walks: number;
  /** So many steps of one walk at most; few are enough where the walks begin in all states. */
  readonly steps?: number;
  readonly start: () => Promise<WalkedObject>;
  readonly status: (id: string) => Promise<string>;
  /** For each act a request that its own rules accept; the id and the version are added. */
  readonly requests: Readonly<Record<string, () => Request>>;
  /** Acts whose request says which status comes next: one of several may be impossible though the act is not. */
  readonly choosing?: readonly string[];
  /** What comes from elsewhere in a status, such as another service's answer. */
  readonly outside?: Readonly<Record<string, (object: WalkedObject) => Promise<void>>>;
}

export interface WalkedActions {
  /** Act x role x status in which what the answer says was compared with what the act does. */
  readonly cells: ReadonlySet<string>;
  /** What was told in each cell, once for each time that it differed: the code of the refusal, or that the act is possible. */
  readonly told: ReadonlyMap<string, ReadonlySet<string>>;
  readonly statuses: ReadonlySet<string>;
  /** Where the two differ. */
  readonly faults: readonly string[];
}

const STEPS_MAX = 15;
const POSSIBLE = 'possible';

/**
 * Carries objects through their states by what `GET .../actions` calls possible, the steps taken least often first. In every state
 * each act is tried by each role that was told that it is impossible: it must be refused with the very code that was told.
 */
export async function walkActions(walk: ActionWalk): Promise<WalkedActions> {
  const walker = new Walker(walk);
  for (let round = 0; round < walk.walks; round += 1) await walker.walkOne();
  const { cells, statuses } = walker;
  process.stdout.write(
    `${operationId(walk.actions)}: ${cells.size} cells of act, role and state in ${statuses.size} states\n`,
  );
  return walker;
}

class Walker implements WalkedActions {
  readonly cells = new Set<string>();
  readonly told = new Map<string, Set<string>>();
  readonly statuses = new Set<string>();
  readonly faults: string[] = [];
  private readonly taken = new Map<string, number>();
  private readonly idMember: string;

  constructor(private readonly walk: ActionWalk) {
    this.idMember = Object.keys(walk.actions.request.shape).at(-1) ?? '';
  }

  async walkOne(): Promise<void> {
    const object = await this.walk.start();
    for (let step = 0; step < (this.walk.steps ?? STEPS_MAX); step += 1) {
      const status = await this.walk.status(object.id);
      this.statuses.add(status);
      const next = await this.compare(object, status);
      const outside = this.walk.outside?.[status];
      if (outside && (this.taken.get(`${status} outside`) ?? 0) <= Math.min(...next.map(({ times }) => times), 1_000)) {
        this.count(`${status} outside`);
        await outside(object);
        continue;
      }
      const [least] = next.sort((a, b) => a.times - b.times);
      if (!least) return;
      this.count(least.key);
      await this.carryOut(object, least);
    }
  }

  /** Compares what is told with what is done, for all roles; answers what is possible and how often it was done from here. */
  private async compare(object: WalkedObject, status: string): Promise<Step[]> {
    const steps: Step[] = [];
    let known: ActionsView = { version: 1, items: [] };
    for (const [role, caller] of Object.entries(object.callers)) {
      const { answered, isUnseen } = await this.actionsFor(object, caller);
      known = answered ?? known;
      for (const { operation: name, refusal } of known.items) {
        const [cell, operation, { version }] = [`${status} ${name} ${role}`, operationNamed(name), known];
        const code = isUnseen ? await this.refusedUnseen({ cell, operation, caller, version }, object) : refusal?.code;
        if (!code) steps.push({ key: cell, operation, caller, version, times: this.taken.get(cell) ?? 0 });
        else if (!isUnseen && !this.cells.has(cell))
          await this.refuse({ cell, operation, caller, version, code }, object);
        this.note(cell, code ?? POSSIBLE);
      }
    }
    return steps;
  }

  private async actionsFor(
    object: WalkedObject,
    caller: TestCaller,
  ): Promise<{ answered?: ActionsView; isUnseen: boolean }> {
    try {
      return { answered: (await this.call(this.walk.actions, object, caller)) as ActionsView, isUnseen: false };
    } catch (error) {
      if (error instanceof AppError) return { isUnseen: true };
      throw error;
    }
  }

  /** Who must not see the object is told nothing of it; what the act itself answers. */
  private async refusedUnseen(
    told: Omit<Step, 'key' | 'times'> & { cell: string },
    object: WalkedObject,
  ): Promise<string> {
    const [before] = this.told.get(told.cell) ?? [];
    if (before !== undefined) return before;
    const done = await this.outcome(told, object);
    if (done === 'done') this.faults.push(`${told.cell}: done by one who must not see it`);
    return done;
  }

  private note(cell: string, told: string): void {
    this.cells.add(cell);
    this.told.set(cell, (this.told.get(cell) ?? new Set()).add(told));
  }

  private async refuse(
    told: Omit<Step, 'key' | 'times'> & { cell: string; code: string },
    object: WalkedObject,
  ): Promise<void> {
    const done = await this.outcome(told, object);
    if (done !== told.code) this.faults.push(`${told.cell}: told ${told.code}, done ${done}`);
  }

  private async carryOut(object: WalkedObject, step: Step): Promise<void> {
    const done = await this.outcome(step, object);
    if (this.walk.choosing?.includes(operationId(step.operation))) return;
    if (done === 'PLATFORM_INTERNAL_ERROR' || /TRANSITION_NOT_ALLOWED|VERSION_STALE/.test(done))
      this.faults.push(`${step.key}: told that it is possible, done ${done}`);
  }

  private async outcome(
    { operation, caller, version }: Omit<Step, 'key' | 'times'>,
    object: WalkedObject,
  ): Promise<string> {
    try {
      await this.call(operation, object, caller, version);
      return 'done';
    } catch (error) {
      if (error instanceof AppError) return error.code;
      throw error;
    }
  }

  private call(
    operation: Operation,
    { id, besides = {} }: WalkedObject,
    caller: TestCaller,
    version?: number,
  ): Promise<unknown> {
    const request = operation === this.walk.actions ? {} : this.requestOf(operation);
    const named = Object.entries(besides).filter(([name]) => name in operation.request.shape);
    const options = version === undefined ? {} : { expectedVersion: version, idempotencyKey: newId() };
    return this.walk.app.rpc(
      operation,
      { ...request, ...Object.fromEntries(named), [this.idMember]: id },
      caller,
      options,
    );
  }

  private requestOf(operation: Operation): Request {
    const request = this.walk.requests[operationId(operation)];
    if (!request) throw new Error(`the walk has no request for ${operationId(operation)}`);
    return request();
  }

  private count(key: string): void {
    this.taken.set(key, (this.taken.get(key) ?? 0) + 1);
  }
}

interface Step {
  readonly key: string;
  readonly operation: Operation;
  readonly caller: TestCaller;
  readonly version: number;
  readonly times: number;
}

function operationNamed(name: string): Operation {
  const operation = OPERATIONS.find((it) => operationId(it) === name);
  if (!operation) throw new Error(`no operation is named ${name}`);
  return operation;
}
