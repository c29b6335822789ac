import 'reflect-metadata';
import { type IncomingMessage, type Message, type ServiceName, SUBSCRIPTIONS } from '#contracts';
import type { Tx } from '#database';
import type { Handlers } from '#platform';

const CONSUMED = Symbol('consumed message');
const PROJECTED = Symbol('projected message');

/** One reaction to a message; it may see a message late or out of order, never twice with effect. */
export type MessageHandler = (message: IncomingMessage, tx: Tx) => Promise<void>;

/**
 * Makes a provider's method the reaction to a message of another service: `(message, tx) => Promise<void>`. Inbox row, effect and
 * own outbox rows commit together. Throw to have the message tried again; after five failures it is set aside as a dead letter.
 */
export function Consume<M extends Message>(message: M) {
  return (
    target: object,
    name: string | symbol,
    descriptor: TypedPropertyDescriptor<(message: IncomingMessage<M>, tx: Tx) => Promise<void>>,
  ): void => {
    const { value } = descriptor;
    if (!value) throw new Error(`${target.constructor.name}.${String(name)} is no method`);
    const consumed = [...consumedBy(value), message as unknown as Message];
    Reflect.defineMetadata(CONSUMED, consumed, value);
  };
}

/** Writes a local copy from the latest state of each aggregate among the messages that have arrived. */
export type ProjectionHandler = (messages: readonly IncomingMessage[], tx: Tx) => Promise<void>;

/**
 * Makes a provider's method the projection of a message that carries an aggregate's full state. It gets what has arrived so far,
 * one message (the latest) for each aggregate, and writes all of it in one transaction; it publishes nothing. It compares versions,
 * as an older state may come later.
 */
export function Project<M extends Message>(message: M) {
  return (
    target: object,
    name: string | symbol,
    descriptor: TypedPropertyDescriptor<(messages: readonly IncomingMessage<M>[], tx: Tx) => Promise<void>>,
  ): void => {
    if (!descriptor.value) throw new Error(`${target.constructor.name}.${String(name)} is no method`);
    Reflect.defineMetadata(PROJECTED, message, descriptor.value);
  };
}

export interface Reaction {
  readonly declaration: Message;
  readonly handlers: MessageHandler[];
  /** Present where all reactions to the message are projections: then many may be written together. */
  readonly projections: ProjectionHandler[];
}

/** The reactions of a service by subject. */
export type HandlerTable = ReadonlyMap<string, Reaction>;

/** Finds all reactions; throws when a subscription has none, or a reaction has no subscription. */
export function collectHandlers(service: ServiceName, handlers: Handlers): HandlerTable {
  const table = new Map<string, Reaction>();
  for (const { instance, method } of handlers.methods()) {
    for (const declaration of consumedBy(method))
      reactionTo(table, declaration).handlers.push(method.bind(instance) as MessageHandler);
    const projected = Reflect.getMetadata(PROJECTED, method) as Message | undefined;
    if (projected) reactionTo(table, projected).projections.push(method.bind(instance) as ProjectionHandler);
  }
  assertComplete(service, table);
  return table;
}

function reactionTo(table: Map<string, Reaction>, declaration: Message): Reaction {
  const known = table.get(declaration.subject) ?? { declaration, handlers: [], projections: [] };
  table.set(declaration.subject, known);
  return known;
}

function assertComplete(service: ServiceName, table: HandlerTable): void {
  const subscribed = new Set<string>(SUBSCRIPTIONS[service].map((message) => message.subject));
  const unheard = [...subscribed].filter((subject) => !table.has(subject));
  const unsubscribed = [...table.keys()].filter((subject) => !subscribed.has(subject));
  if (unheard.length > 0) throw new Error(`${service}: no @Consume or @Project for ${unheard.join(', ')}`);
  if (unsubscribed.length > 0) throw new Error(`${service}: not in SUBSCRIPTIONS: ${unsubscribed.join(', ')}`);
}

function consumedBy(method: object): Message[] {
  return (Reflect.getMetadata(CONSUMED, method) as Message[] | undefined) ?? [];
}
