import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Msg } from '@nats-io/transport-node';
import {
  AppError,
  type ErrorReply,
  type Operation,
  type ReplyOf,
  type RequestInputOf,
  type ServiceName,
} from '#contracts';
import type { Call } from '../call';
import { Clock } from '../clock';
import type { HealthReport } from '../health';
import { newId } from '../id';
import { Nats } from '../nats-connection';
import { inSpan } from '../tracing';
import { type CallRow, decodeAnswers, encodeRequests, FRAME_BYTES_MAX, frameSubject, healthSubject } from './frame';

/** The circumstances of a call; a handler passes its own `Call` on. */
export type CallContext = Pick<Call, 'token'> &
  Partial<Pick<Call, 'idempotencyKey' | 'expectedVersion' | 'correlationId' | 'deadlineAt' | 'traceparent'>>;

/** An answer as bytes, for a caller that passes it through. */
export interface RawReply {
  readonly body: Buffer;
  readonly version: number | null;
  readonly isReplayed: boolean;
}

interface Pending {
  readonly resolve: (reply: RawReply) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
  readonly frame: Outgoing;
}

const DEADLINE_MS = 3000;
const DEADLINE_MS_MAX = 5000;
// Operations that wait on purpose (a long poll) may state more; beyond this nobody waits.
const DEADLINE_MS_HARD_MAX = 30_000;
const HEALTH_TIMEOUT_MS = 2000;

/**
 * Calls operations of other services. Every call has a deadline (3 s unless the operation states another), carries the user's
 * token, the idempotency key and the trace, and ends in exactly one of: the reply, an AppError of the service, unavailable
 * (nobody listens) or deadline exceeded (the effect is then unknown; repeat with the same key).
 */
@Injectable()
export class RpcClient implements OnModuleInit {
  private readonly outboxes = new Map<ServiceName, Outgoing>();
  private readonly pending = new Map<number, Pending>();
  private readonly frames = new Map<string, Outgoing>();
  private inbox = '';
  private lastCallId = 0;
  private lastFrameId = 0;

  constructor(
    private readonly nats: Nats,
    private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.nats.ready();
    // The prefix is this identity's own, so nobody else may read the answers (reliability.md R23).
    this.inbox = `${this.nats.inboxPrefix}.rpc.${newId()}`;
    this.nats.nc.subscribe(`${this.inbox}.*`, {
      callback: (error, message) => {
        if (!error) this.receive(message);
      },
    });
  }

  async call<O extends Operation>(operation: O, request: RequestInputOf<O>, context: CallContext): Promise<ReplyOf<O>> {
    const reply = await this.callRaw(operation, request, context);
    return JSON.parse(reply.body.toString()) as ReplyOf<O>;
  }

  /** The same without parsing the answer. */
  callRaw(operation: Operation, request: unknown, context: CallContext): Promise<RawReply> {
    return inSpan(operation.subject, { kind: 'CLIENT', traceparent: context.traceparent }, (traceparent) => {
      const stated = Math.min(
        operation.deadlineMs ?? DEADLINE_MS,
        operation.deadlineMs ? DEADLINE_MS_HARD_MAX : DEADLINE_MS_MAX,
      );
      const remaining = context.deadlineAt === undefined ? stated : context.deadlineAt - this.clock.now().getTime();
      const timeoutMs = Math.max(1, Math.round(Math.min(stated, remaining)));
      return this.enqueue(operation, request, { ...context, traceparent }, timeoutMs);
    });
  }

  /** Asks one replica of a service whether it is ready; a service that is away gives a report that says so. */
  async health(service: ServiceName): Promise<HealthReport> {
    try {
      const answer = await this.nats.nc.request(healthSubject(service), '', { timeout: HEALTH_TIMEOUT_MS });
      return answer.json<HealthReport>();
    } catch {
      // The reason (no responder, time-out) is the finding itself: the report says that nobody answered.
      return { status: 'down', checks: { [service]: { status: 'down', detail: 'no answer' } } };
    }
  }

  private enqueue(operation: Operation, request: unknown, context: CallContext, timeoutMs: number): Promise<RawReply> {
    return new Promise((resolve, reject) => {
      const callId = (this.lastCallId += 1);
      const outgoing = this.outgoing(operation.service);
      const timer = setTimeout(() => {
        this.settle(callId)?.reject(new AppError('PLATFORM_DEADLINE_EXCEEDED', { service: operation.service }));
      }, timeoutMs);
      this.pending.set(callId, { resolve, reject, timer, frame: outgoing });
      outgoing.add([
        callId,
        operation.subject,
        outgoing.tokenIndex(context.token),
        timeoutMs,
        context.correlationId ?? newId(),
        context.idempotencyKey ?? null,
        context.expectedVersion ?? null,
        context.traceparent ?? null,
        request,
      ]);
    });
  }

  /** The frame being filled for a service; it leaves at the end of the tick in which its first call came. */
  private outgoing(service: ServiceName): Outgoing {
    const filling = this.outboxes.get(service);
    if (filling && filling.bytes < FRAME_BYTES_MAX) return filling;
    const fresh = new Outgoing();
    this.outboxes.set(service, fresh);
    setImmediate(() => {
      if (this.outboxes.get(service) === fresh) this.outboxes.delete(service);
      this.send(service, fresh);
    });
    return fresh;
  }

  private send(service: ServiceName, outgoing: Outgoing): void {
    const reply = `${this.inbox}.${(this.lastFrameId += 1)}`;
    outgoing.reply = reply;
    this.frames.set(reply, outgoing);
    try {
      this.nats.nc.publish(frameSubject(service), encodeRequests({ tokens: outgoing.tokens, calls: outgoing.calls }), {
        reply,
      });
    } catch (error) {
      this.failFrame(reply, new AppError('PLATFORM_SERVICE_UNAVAILABLE', { service }, { cause: error }));
    }
  }

  private receive(message: Msg): void {
    // 503 without payload: no replica of the service is subscribed; every call of the frame can fail at once.
    if (message.data.length === 0 && message.headers?.code === 503) {
      this.failFrame(message.subject, new AppError('PLATFORM_SERVICE_UNAVAILABLE'));
      return;
    }
    for (const answer of decodeAnswers(message.data)) {
      const pending = this.settle(answer.callId);
      if (!pending) continue; // answered after its deadline: the caller was told that the outcome is unknown
      if (answer.isError) pending.reject(AppError.fromReply(JSON.parse(answer.body.toString()) as ErrorReply));
      else pending.resolve(answer);
    }
  }

  private failFrame(reply: string, error: AppError): void {
    for (const callId of [...(this.frames.get(reply)?.members ?? [])]) this.settle(callId)?.reject(error);
  }

  private settle(callId: number): Pending | undefined {
    const pending = this.pending.get(callId);
    if (!pending) return undefined;
    clearTimeout(pending.timer);
    this.pending.delete(callId);
    pending.frame.members.delete(callId);
    if (pending.frame.members.size === 0) this.frames.delete(pending.frame.reply);
    return pending;
  }
}

/** A request frame while it is being filled. */
class Outgoing {
  readonly tokens: string[] = [];
  readonly calls: CallRow[] = [];
  /** Calls without an answer yet. */
  readonly members = new Set<number>();
  reply = '';
  bytes = 0;
  private readonly tokenIndexes = new Map<string, number>();

  tokenIndex(token: string): number {
    let index = this.tokenIndexes.get(token);
    if (index === undefined) {
      index = this.tokens.push(token) - 1;
      this.tokenIndexes.set(token, index);
    }
    return index;
  }

  add(call: CallRow): void {
    this.calls.push(call);
    this.members.add(call[0]);
    this.bytes += 256 + roughBytes(call[8]);
  }
}

/** A cheap upper guess of a request's size: only long strings matter for the frame's limit. */
function roughBytes(request: unknown): number {
  if (typeof request === 'string') return request.length * 3;
  if (typeof request !== 'object' || request === null) return 8;
  let bytes = 2;
  for (const value of Object.values(request)) bytes += 16 + roughBytes(value);
  return bytes;
}
