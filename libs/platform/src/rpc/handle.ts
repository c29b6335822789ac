import { Ctx, MessagePattern, Payload } from '@nestjs/microservices';
import type { Operation, ReplyOf, RequestOf } from '#contracts';
import type { Call } from '../call';

/** Marks our transport, so that no other Nest server in the process subscribes to the same handlers. */
export const RPC_TRANSPORT = Symbol('rpc');

type Handler<O extends Operation> = (request: RequestOf<O>, call: Call) => Promise<ReplyOf<O>>;

/**
 * Binds a controller method to an operation. When it runs, the caller is authorised for the operation and the request is valid;
 * objects outside an `own` scope remain the method's own duty.
 */
export function Handle<O extends Operation>(operation: O) {
  return <M extends Handler<O>>(target: object, key: string, descriptor: TypedPropertyDescriptor<M>): void => {
    MessagePattern(operation.subject, RPC_TRANSPORT)(target, key, descriptor as PropertyDescriptor);
    Payload()(target, key, 0);
    Ctx()(target, key, 1);
  };
}
