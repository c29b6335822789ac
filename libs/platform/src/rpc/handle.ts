import 'reflect-metadata';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { Operation, ReplyOf, RequestOf } from '#contracts';
import type { Call } from '../call';
import type { JsonReply } from './json-reply';
import { type Handler, RpcServer } from './rpc-server';

const HANDLED = Symbol('handled operations');

type Method = (...given: unknown[]) => unknown;
type Reply<O extends Operation> = ReplyOf<O> | JsonReply<ReplyOf<O>>;
type HandlerOf<O extends Operation> = (request: RequestOf<O>, call: Call) => Promise<Reply<O>>;

/**
 * Makes a provider's method the handler of an operation. When it runs, the caller is authorised for the operation and the request
 * is valid; objects outside an `own` scope remain the method's own duty.
 */
export function Handle<O extends Operation>(operation: O) {
  return <M extends HandlerOf<O>>(target: object, name: string, descriptor: TypedPropertyDescriptor<M>): void => {
    const method = descriptor.value;
    if (!method) throw new Error(`${target.constructor.name}.${name} is no method`);
    Reflect.defineMetadata(HANDLED, [...handledBy(method), operation], method);
  };
}

/** Finds the methods that handle operations and gives them to the transport; other kinds of handlers register here too. */
@Injectable()
export class Handlers implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly server: RpcServer,
  ) {}

  onModuleInit(): void {
    for (const { instance, method } of this.methods())
      for (const operation of handledBy(method)) this.register(operation, method.bind(instance));
  }

  register(operation: Operation, handler: Handler): void {
    this.server.register(operation, handler);
  }

  /** The methods of all providers, whoever makes them, for what marks them by metadata. */
  *methods(): Generator<{ instance: object; name: string; method: Method }> {
    for (const wrapper of [...this.discovery.getProviders(), ...this.discovery.getControllers()]) {
      const instance = wrapper.instance as Record<string, unknown> | undefined;
      if (!instance || typeof instance !== 'object') continue;
      const prototype = Object.getPrototypeOf(instance) as object | null;
      if (!prototype) continue;
      for (const name of this.scanner.getAllMethodNames(prototype)) {
        const method = instance[name];
        if (typeof method !== 'function') continue;
        yield { instance, name: `${prototype.constructor.name}.${name}`, method: method as Method };
      }
    }
  }
}

function handledBy(method: object): Operation[] {
  return (Reflect.getMetadata(HANDLED, method) as Operation[] | undefined) ?? [];
}
