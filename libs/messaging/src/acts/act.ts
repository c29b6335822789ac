import 'reflect-metadata';
import assert from 'node:assert/strict';
import { type Operation, type OutgoingMessage, pathParameters, type ReplyOf, type RequestOf } from '#contracts';
import type { EntityClass, Ownership, Tx } from '#database';
import type { Call, Caller } from '#platform';

const ACT = Symbol('act');
const LISTED = Symbol('listed');

/** What an act stands on besides the object: the transaction, who asks, and what was found before. */
export interface Act<Outside = undefined, First = undefined> {
  readonly tx: Tx;
  readonly call: Call;
  /** What `outside` answered. */
  readonly outside: Outside;
  /** What `first` answered. */
  readonly first: First;
}

/** Who asks, and when: some acts are possible for one person and not for another. */
export interface Asking {
  readonly caller: Caller;
  readonly now: Date;
  readonly today: string;
}

/** Reads, in a transaction or outside of one. */
export type Source = Pick<Tx, 'query'>;

/** What differs from act to act around the change itself. `self` is the provider whose method the act is. */
export interface Step<E, O, Outside, First, Self> {
  /**
   * Refuses when the state of the object, or who asks, rules the act out. Changes nothing: `GET .../actions` asks the same. It
   * decides before the version: who lost a race for an act that is done is told so (409), not sent to read again (412).
   */
  readonly possible?: (entity: E, by: Asking, self: Self) => void;
  /**
   * The same for what stands elsewhere than on the object, such as the plan that a payment belongs to: read in the transaction of the
   * act, or for `GET .../actions` outside of one.
   */
  readonly possibleAround?: (self: Self, entity: E, source: Source) => Promise<void>;
  /**
   * For an act that some changes do not concern, such as what another person did beside it: whether nothing else happened since
   * the version that the caller had. Asked where that is not the present one, instead of refusing with 412.
   */
  readonly isUnconcerned?: (self: Self, entity: E, act: Pick<Act, 'tx' | 'call'>) => Promise<boolean>;
  /** Whose the object is for this act, where more may do it than the others: who is invited may sign. */
  readonly ownership?: Ownership;
  /** What must be asked of other services; before the transaction, as nothing in one may await the network. */
  readonly outside?: (self: Self, request: RequestOf<O>, call: Call) => Promise<Outside>;
  /** What is locked before the object, in the one order that all acts on it keep. */
  readonly first?: (self: Self, request: RequestOf<O>, act: Pick<Act, 'tx' | 'call'>) => Promise<First>;
  /** The fact that the act makes; built after the write, with the new version. */
  readonly message?: (entity: E, request: RequestOf<O>) => OutgoingMessage | undefined;
}

/** The kind of object that acts change. */
export interface ActsOn<E> {
  readonly entity: EntityClass<E>;
  /** Needed as soon as an act, or reading what is possible, is granted with the scope `own`. */
  readonly ownership?: Ownership;
  /** Tells what can be done with the object. */
  readonly actions?: Operation;
  /** For an object below another one in the path: whether it belongs there; if not, it is not found. */
  readonly belongs?: (entity: E, request: Readonly<Record<string, unknown>>) => boolean;
}

/** A provider whose methods are acts; it answers them with this view, read or built after the write. */
interface Acting<E, View> {
  view(entity: E, act: Act): View | Promise<View>;
}

/** What is told of an act before it is tried. @internal */
export interface ListedAct<E = Versioned> {
  readonly on: ActsOn<E>;
  readonly operation: Operation;
  readonly step: Pick<Step<E, Operation, unknown, unknown, object>, 'possible' | 'possibleAround' | 'ownership'>;
  readonly idMember: string;
}

/** An act as it was declared, for the one place that carries acts out. @internal */
export interface DeclaredAct<E = Versioned> extends ListedAct<E> {
  readonly step: Step<E, Operation, unknown, unknown, object>;
}

export interface Versioned {
  readonly id: string;
  readonly version: number;
}

/** Changes the object; or answers the one that is shown, where that is another one than the act was on. */
type Change<E, O, Outside, First> =
  | ((entity: E, request: RequestOf<O>, act: Act<Outside, First>) => void | Promise<void>)
  | ((entity: E, request: RequestOf<O>, act: Act<Outside, First>) => Promise<E>);

/**
 * Declares the acts on one kind of object: `const act = actsOn({ entity: Assignment, ... })`, then `@act(confirmAssignment, { ... })`
 * on the method that changes the object. The method is the handler of the operation; lock, scope, state, version, write, message,
 * audit and view are carried out around it, in this order, in one transaction.
 */
export function actsOn<E extends Versioned>(on: ActsOn<E>) {
  const act =
    <O extends Operation, Outside = undefined, First = undefined, Self = unknown>(
      operation: O,
      step: Step<E, O, Outside, First, Self> = {},
    ) =>
    <M extends Change<E, O, Outside, First>>(
      target: Acting<E, ReplyOf<O>> & Self,
      name: string,
      descriptor: TypedPropertyDescriptor<M>,
    ): void => {
      declare(ACT, methodOf(target, name, descriptor), { on, operation, step });
    };
  /**
   * For what `GET .../actions` tells beside the acts: a handler that locks, asks and writes by itself, as many of its kind share a
   * transaction. It asks the same entity method when it is tried.
   */
  const listed =
    (operation: Operation, step: Pick<Step<E, Operation, unknown, unknown, unknown>, 'possible'>) =>
    (target: object, name: string, descriptor: PropertyDescriptor): void => {
      declare(LISTED, methodOf(target, name, descriptor), { on, operation, step });
    };
  return Object.assign(act, { listed });
}

function methodOf(target: object, name: string, { value }: { value?: unknown }): object {
  assert(typeof value === 'function', `${target.constructor.name}.${name} is no method`);
  return value;
}

function declare(
  kind: symbol,
  method: object,
  declared: { on: { readonly actions?: Operation }; operation: Operation; step: unknown },
): void {
  const { on, operation } = declared;
  // A path may go on below its object, such as /claims/{claimId}/payments/{paymentNumber}/reversals.
  const { path } = (on.actions ?? operation).http;
  const idMember = pathParameters(path).at(-1);
  assert(idMember !== undefined, `${path} names no object`);
  assert(pathParameters(operation.http.path).includes(idMember), `${operation.subject} has no ${idMember} in its path`);
  Reflect.defineMetadata(kind, { ...declared, idMember }, method);
}

/** @internal */
export function actOf(method: object): DeclaredAct | undefined {
  return Reflect.getMetadata(ACT, method) as DeclaredAct | undefined;
}

/** @internal */
export function listedOf(method: object): ListedAct | undefined {
  return Reflect.getMetadata(LISTED, method) as ListedAct | undefined;
}
