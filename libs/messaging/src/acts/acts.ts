import assert from 'node:assert/strict';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type ActionsView, type ActionView, AppError, ERRORS, type Operation, operationId } from '#contracts';
import { Database, isForeign, type Ownership, refuseForeign } from '#database';
import { type Call, Clock, Handlers } from '#platform';
import { Commands } from '../commands/commands';
import { Outbox } from '../commands/outbox';
import {
  type Act,
  type ActsOn,
  type Asking,
  type DeclaredAct,
  actOf,
  type ListedAct,
  listedOf,
  type Source,
  type Versioned,
} from './act';

type Change = (entity: Versioned, request: unknown, act: Act<unknown, unknown>) => Promise<Versioned | undefined>;
type Input = Readonly<Record<string, unknown>>;

/** What is told of an act, with the provider that is asked. */
interface BoundListed extends ListedAct {
  readonly self: object;
}

/** One declared act with the provider and method that carry it out. */
interface BoundAct extends DeclaredAct {
  readonly self: object;
  readonly change: Change;
  readonly view: (entity: Versioned, act: Act<unknown, unknown>) => unknown;
}

/** Carries out every act of the service, and answers from the same declarations what is possible. */
@Injectable()
export class Acts implements OnModuleInit {
  constructor(
    private readonly handlers: Handlers,
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    const acts = this.collect();
    for (const act of acts) {
      assertOwned(act.on, act.operation);
      this.handlers.register(act.operation, (request, call) => this.carryOut(act, request as Input, call));
    }
    const all = [...acts, ...this.collectListed()];
    for (const actions of new Set(all.flatMap(({ on }) => on.actions ?? []))) {
      const listed = all.filter(({ on }) => on.actions === actions);
      this.handlers.register(actions, (request, call) => this.possible(listed, request as Input, call));
    }
  }

  private collect(): BoundAct[] {
    const acts: BoundAct[] = [];
    for (const { instance, method, name } of this.handlers.methods()) {
      const declared = actOf(method);
      if (!declared) continue;
      const { view } = instance as { view?: BoundAct['view'] };
      assert(view, `${name} is an act of a provider without view`);
      acts.push({ ...declared, self: instance, change: method.bind(instance) as Change, view: view.bind(instance) });
    }
    return acts;
  }

  private collectListed(): BoundListed[] {
    return [...this.handlers.methods()].flatMap(({ instance, method }) => {
      const declared = listedOf(method);
      return declared ? [{ ...declared, self: instance }] : [];
    });
  }

  private async carryOut({ on, self, step, idMember, change, view }: BoundAct, request: Input, call: Call) {
    const outside = await step.outside?.(self, request, call);
    return this.commands.run(call, async (tx) => {
      const first = await step.first?.(self, request, { tx, call });
      const id = String(request[idMember]);
      const ownership = ownershipOf({ on, step });
      if (ownership) await refuseForeign(tx, call, { ownership, id });
      const entity = await tx.lockOrFail(on.entity, id);
      if (on.belongs?.(entity, request) === false) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
      step.possible?.(entity, this.askedBy(call), self);
      await step.possibleAround?.(self, entity, tx);
      if (!isExpected(entity, call.expectedVersion) && !(await step.isUnconcerned?.(self, entity, { tx, call })))
        throw new AppError('PLATFORM_VERSION_STALE', { currentVersion: entity.version });
      const act = { tx, call, outside, first };
      const { version } = entity;
      const shown = await change(entity, request, act);
      // A step that had to write before it went on has done so.
      if (entity.version === version) await tx.update(entity);
      const message = step.message?.(entity, request);
      if (message) this.outbox.append(tx, message);
      return view(shown ?? entity, act);
    });
  }

  private async possible(acts: readonly BoundListed[], request: Input, call: Call): Promise<ActionsView> {
    const [first] = acts;
    assert(first, 'actions of no act');
    const id = String(request[first.idMember]);
    const { on } = first;
    const foreign = await this.foreign(acts, id, call);
    if (acts.every((act) => foreign.has(ownershipOf(act)))) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    const entity = await this.database.findOrFail(on.entity, id);
    if (on.belongs?.(entity, request) === false) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    const items = acts.map((act) =>
      actionView(act, {
        entity,
        request,
        asking: this.askedBy(call),
        isForeign: foreign.has(ownershipOf(act)),
        source: this.database,
      }),
    );
    return { version: entity.version, items: await Promise.all(items) };
  }

  /** By which ownerships the object is not the caller's: some acts are open to more callers than others. */
  private async foreign(acts: readonly ListedAct[], id: string, call: Call): Promise<Set<Ownership | undefined>> {
    const foreign = new Set<Ownership | undefined>();
    for (const ownership of new Set(acts.map(ownershipOf))) {
      if (ownership && (await isForeign(this.database, call, { ownership, id }))) foreign.add(ownership);
    }
    return foreign;
  }

  private askedBy({ caller }: Call): Asking {
    return { caller, now: this.clock.now(), today: this.clock.today() };
  }
}

function ownershipOf({ on, step }: Pick<ListedAct, 'on' | 'step'>): Ownership | undefined {
  return step.ownership ?? on.ownership;
}

async function actionView(
  { operation, step, self }: BoundListed,
  on: { entity: Versioned; request: Input; asking: Asking; isForeign: boolean; source: Source },
): Promise<ActionView> {
  const { method, path } = operation.http;
  assert(method !== 'GET', `${operation.subject} is an act that reads`);
  const ask = async () => {
    if (on.isForeign) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    step.possible?.(on.entity, on.asking, self);
    await step.possibleAround?.(self, on.entity, on.source);
  };
  const refusal = await refusalOf(operation, ask, on.asking);
  return {
    operation: operationId(operation),
    summary: operation.summary,
    method,
    // What lies below the object is for the caller to choose: `/claims/0198.../payments/{paymentNumber}/reversals`.
    path: path.replaceAll(/\{(\w+)\}/g, (left, name: string) => {
      const id = on.request[name];
      return typeof id === 'string' ? id : left;
    }),
    roles: Object.keys(operation.allow) as ActionView['roles'],
    isPossible: refusal === null,
    refusal,
  };
}

async function refusalOf(
  { allow }: Operation,
  ask: () => Promise<void>,
  { caller }: Asking,
): Promise<ActionView['refusal']> {
  try {
    if (!caller.roles.some((role) => allow[role])) throw new AppError('PLATFORM_ACTION_NOT_ALLOWED');
    await ask();
    return null;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { en, de } = ERRORS[error.code];
    return { code: error.code, en, de };
  }
}

function isExpected({ version }: Versioned, expected: number | undefined): boolean {
  return expected === undefined || version === expected;
}

function assertOwned({ entity, ownership }: ActsOn<Versioned>, { subject, allow }: Operation): void {
  const isOwn = Object.values(allow).includes('own');
  assert(!isOwn || ownership, `${subject} is granted on own objects, and ${entity.name} does not say whose it is`);
}
