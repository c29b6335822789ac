import 'reflect-metadata';
import type { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { type IncomingMessage, type Message, type ServiceName, SUBSCRIPTIONS } from '#contracts';
import type { Tx } from '#database';

const CONSUMED = Symbol('consumed message');

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

/** The reactions of a service by subject. */
export type HandlerTable = ReadonlyMap<string, { readonly declaration: Message; readonly handlers: MessageHandler[] }>;

/** Finds all reactions; throws when a subscription has none, or a reaction has no subscription. */
export function collectHandlers(
  service: ServiceName,
  discovery: DiscoveryService,
  scanner: MetadataScanner,
): HandlerTable {
  const table = new Map<string, { declaration: Message; handlers: MessageHandler[] }>();
  for (const wrapper of discovery.getProviders()) {
    const instance = wrapper.instance as Record<string, unknown> | undefined;
    if (!instance || typeof instance !== 'object' || wrapper.isNotMetatype) continue;
    const prototype = Object.getPrototypeOf(instance) as object | null;
    if (!prototype) continue;
    for (const name of scanner.getAllMethodNames(prototype)) {
      const method = instance[name];
      if (typeof method !== 'function') continue;
      for (const declaration of consumedBy(method)) {
        const entry = table.get(declaration.subject) ?? { declaration, handlers: [] };
        entry.handlers.push((method as MessageHandler).bind(instance));
        table.set(declaration.subject, entry);
      }
    }
  }
  assertComplete(service, table);
  return table;
}

function assertComplete(service: ServiceName, table: HandlerTable): void {
  const subscribed = new Set<string>(SUBSCRIPTIONS[service].map((message) => message.subject));
  const unheard = [...subscribed].filter((subject) => !table.has(subject));
  const unsubscribed = [...table.keys()].filter((subject) => !subscribed.has(subject));
  if (unheard.length > 0) throw new Error(`${service}: no @Consume for ${unheard.join(', ')}`);
  if (unsubscribed.length > 0) throw new Error(`${service}: not in SUBSCRIPTIONS: ${unsubscribed.join(', ')}`);
}

function consumedBy(method: object): Message[] {
  return (Reflect.getMetadata(CONSUMED, method) as Message[] | undefined) ?? [];
}
