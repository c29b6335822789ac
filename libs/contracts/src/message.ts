import type { z } from 'zod';
import { SERVICES, type ServiceName } from './service-name';

export interface MessageDeclaration<Data extends z.ZodObject> {
  /** `evt.<service>.<noun>.<past-participle>.v<N>`. */
  readonly subject: `evt.${ServiceName}.${string}.${string}.v${number}`;
  readonly summary: string;
  /**
   * Ids, dates, states and amounts; never a person's data (docs/reliability.md#messages-carry-no-persons). An optional member
   * keeps the version.
   */
  readonly data: Data;
  /** Data as a reader of the AsyncAPI document is shown it. */
  readonly example?: z.input<Data>;
}

/** A message that is ready for the outbox. */
export interface OutgoingMessage {
  readonly declaration: Message;
  /** The aggregate it is about; messages of one aggregate keep their order. */
  readonly aggregateId: string;
  /** Version of the aggregate after the change; consumers use it to ignore what is older. */
  readonly aggregateVersion: number;
  readonly data: unknown;
}

/** One message of the published language, declared once: publisher, consumer, AsyncAPI and golden samples follow from it. */
export interface Message<Data extends z.ZodObject = z.ZodObject> extends MessageDeclaration<Data> {
  readonly service: ServiceName;
  of(content: { aggregateId: string; aggregateVersion: number; data: z.input<Data> }): OutgoingMessage;
}

/** Declares a message. Use `z.object`, not `z.strictObject`: a consumer of version N must accept what N+1 adds. */
export function message<Data extends z.ZodObject>(declaration: MessageDeclaration<Data>): Message<Data> {
  const service = SERVICES.find((name) => name === declaration.subject.split('.')[1]);
  if (!service) throw new Error(`${declaration.subject}: unknown service`);
  const declared: Message<Data> = {
    ...declaration,
    service,
    of: (content) => ({ declaration: declared, ...content }),
  };
  return declared;
}

/** A message as a consumer gets it: validated data and the CloudEvents attributes. */
export interface IncomingMessage<M extends Message = Message> {
  readonly id: string;
  readonly subject: string;
  readonly aggregateId: string;
  readonly aggregateVersion: number;
  /** When the fact happened at the publisher. */
  readonly occurredAt: Date;
  readonly correlationId: string;
  readonly data: DataOf<M>;
}
export type DataOf<M> = M extends Message<infer Data> ? z.output<Data> : never;
