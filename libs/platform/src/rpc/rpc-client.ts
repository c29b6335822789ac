import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
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
import { PlatformConfig } from '../config';
import { monotonicNow } from '../deadline';
import { type HealthReport, healthReportSchema } from '../health';
import { newId } from '../id';
import { Nats } from '../nats-connection';
import { inSpan } from '../tracing';
import { decodeAnswers, type FramedCall, framedCall } from './frame';
import { OutgoingFrame, type RawReply } from './outgoing-frame';
import { overloaded, unavailable } from './overload';
import { Presence, type Replica } from './presence';
import { frameSubject, healthSubject } from './subjects';

/** The circumstances of a call; a handler passes its own `Call` on. */
export type CallContext = Pick<Call, 'token'> &
  Partial<
    Pick<Call, 'idempotencyKey' | 'expectedVersion' | 'correlationId' | 'deadlineAt' | 'traceparent' | 'language'>
  >;

const HEALTH_TIMEOUT_MS = 2000;
/** Replicas that a frame is sent to one after the other, when the broker says that nobody listens there. */
const SENDINGS_MAX = 3;

/**
 * Calls operations of other services. Every call has a deadline (`RPC_DEADLINE_MS` unless the operation states another), carries the user's
 * token, the idempotency key and the trace, and ends in exactly one of: the reply, an AppError of the service, unavailable or
 * overloaded (nothing was done), or deadline exceeded (the effect is then unknown; repeat with the same key). An answer counts on
 * the reply subject of its own frame only: no other service knows that subject, and the broker lets only who got the frame send there.
 */
@Injectable()
export class RpcClient implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(RpcClient.name);
  private readonly filling = new Map<ServiceName, OutgoingFrame>();
  private readonly frames = new Map<string, OutgoingFrame>();
  private readonly presence: Presence;
  private readonly outstandingMax: number;
  private readonly deadlineMs: number;
  private inbox = '';

  constructor(
    private readonly nats: Nats,
    { values }: PlatformConfig,
  ) {
    this.presence = new Presence(nats);
    this.outstandingMax = values.RPC_CALLS_MAX + values.RPC_LONG_CALLS_MAX;
    this.deadlineMs = values.RPC_DEADLINE_MS;
  }

  async onModuleInit(): Promise<void> {
    await this.nats.ready();
    // The prefix is this identity's own, so nobody else may read the answers (docs/reliability.md#allow-lists-on-nats).
    this.inbox = `${this.nats.inboxPrefix}.rpc.${randomUUID()}`;
    this.nats.nc.subscribe(`${this.inbox}.*`, {
      callback: (error, message) => {
        if (!error) this.receive(message);
      },
    });
  }

  onApplicationShutdown(): void {
    this.presence.stop();
  }

  /** Listens for a service from now on, so that the first call need not wait for its first beat. */
  async watch(service: ServiceName): Promise<void> {
    await this.nats.ready();
    void this.presence.watch(service);
  }

  async call<O extends Operation>(operation: O, request: RequestInputOf<O>, context: CallContext): Promise<ReplyOf<O>> {
    const reply = await this.callRaw(operation, request, context);
    return JSON.parse(reply.body.toString()) as ReplyOf<O>;
  }

  /** The same without parsing the answer. */
  callRaw(operation: Operation, request: unknown, context: CallContext): Promise<RawReply> {
    return inSpan(operation.subject, { kind: 'CLIENT', traceparent: context.traceparent }, (traceparent) => {
      const statedAt = monotonicNow() + (operation.deadlineMs ?? this.deadlineMs);
      const deadlineAt = Math.min(statedAt, context.deadlineAt ?? statedAt);
      const send = () => this.enqueue(operation, request, { ...context, traceparent, deadlineAt });
      const { service } = operation;
      return this.presence.isKnown(service) ? send() : this.presence.watch(service).then(send);
    });
  }

  /** Whether a service is ready, by the word of a replica that is; one that was not heard for three seconds is not even asked. */
  async health(service: ServiceName): Promise<HealthReport> {
    await this.presence.watch(service);
    const reports = await Promise.all(this.presence.replicas(service).map((replica) => this.healthOf(replica)));
    const best = reports.find(({ status }) => status === 'up') ?? reports.find(({ status }) => status !== 'down');
    return best ?? reports[0] ?? down(service, 'not heard for three seconds');
  }

  private async healthOf(replica: Replica): Promise<HealthReport> {
    const { service, id } = replica;
    try {
      const answer = await this.nats.nc.request(healthSubject(service, id), '', {
        timeout: HEALTH_TIMEOUT_MS,
        noMux: true,
        // Unguessable like those of the frames, and for the same reason.
        reply: `${this.nats.inboxPrefix}.health.${randomUUID()}`,
      });
      return healthReportSchema.parse(answer.json());
    } catch {
      // The reason (no responder, time-out, no report) is the finding itself: the report says that nobody answered.
      return down(service, 'no answer');
    }
  }

  private enqueue(
    operation: Operation,
    request: unknown,
    context: CallContext & { deadlineAt: number },
  ): Promise<RawReply> {
    const { service } = operation;
    const timeoutMs = Math.floor(context.deadlineAt - monotonicNow());
    if (timeoutMs <= 0) throw new AppError('PLATFORM_CALL_OVERDUE', { service });
    const call = framedCall(context.token, [
      0,
      operation.subject,
      timeoutMs,
      context.correlationId ?? newId(),
      context.idempotencyKey ?? null,
      context.expectedVersion ?? null,
      context.traceparent ?? null,
      request,
      context.language,
    ]);
    return new Promise((resolve, reject) => {
      const { frame, callId } = this.place(service, call);
      const timer = setTimeout(() => {
        // An answer that has arrived but was not read yet, because this process was busy, still counts.
        setImmediate(() => frame.settle(callId)?.reject(new AppError('PLATFORM_DEADLINE_EXCEEDED', { service })));
      }, timeoutMs);
      frame.expect(callId, { resolve, reject, timer });
    });
  }

  /** Puts a call into the frame that is being filled for its service, or into a new one; a frame leaves at the end of its tick. */
  private place(service: ServiceName, call: FramedCall): { frame: OutgoingFrame; callId: number } {
    const filling = this.filling.get(service);
    const callId = filling && !this.isFull(filling.replica) ? filling.add(call) : undefined;
    if (filling && callId !== undefined) return { frame: filling, callId };
    const replica = this.presence.leastBusy(service);
    if (!replica) throw unavailable(service);
    if (this.isFull(replica)) throw overloaded(service);
    const frame = new OutgoingFrame(replica, `${this.inbox}.${randomUUID()}`, this.frames);
    const first = frame.add(call);
    if (first === undefined) throw new Error('an empty frame takes any call that is not too large');
    this.filling.set(service, frame);
    setImmediate(() => {
      if (this.filling.get(service) === frame) this.filling.delete(service);
      this.send(frame);
    });
    return { frame, callId: first };
  }

  private isFull(replica: Replica): boolean {
    return replica.outstanding >= this.outstandingMax;
  }

  /** Never throws: it runs on its own at the end of a tick. */
  private send(frame: OutgoingFrame): void {
    const { replica, reply } = frame;
    try {
      this.nats.nc.publish(frameSubject(replica.service, replica.id), frame.encode(), { reply });
    } catch (error) {
      this.logger.warn({ err: error, service: replica.service }, 'a request frame could not be sent');
      frame.fail(unavailable(replica.service, error));
    }
  }

  private receive(message: Msg): void {
    const frame = this.frames.get(message.subject);
    // Every call of the frame was answered or given up, or this is no reply subject of ours at all.
    if (!frame) return;
    if (message.data.length === 0 && message.headers?.code === 503) {
      this.sendElsewhere(frame);
      return;
    }
    try {
      frame.replica.seen();
      for (const answer of decodeAnswers(message.data)) {
        // Undefined: answered after its deadline; the caller was told that the outcome is unknown.
        const pending = frame.settle(answer.callId);
        if (answer.isError) pending?.reject(refusalOf(answer.body));
        else pending?.resolve(answer);
      }
    } catch (error) {
      this.logger.error({ err: error, service: frame.replica.service }, 'an answer frame could not be read');
    }
  }

  /** Nobody got the frame: the replica is gone, and its calls may go to another one without being done twice. */
  private sendElsewhere(frame: OutgoingFrame): void {
    this.presence.forget(frame.replica);
    const next = this.presence.leastBusy(frame.replica.service);
    if (!next || frame.sendings >= SENDINGS_MAX) frame.fail(unavailable(frame.replica.service));
    else {
      frame.readdress(next);
      this.send(frame);
    }
  }
}

function refusalOf(body: Buffer): AppError {
  return AppError.fromReply(JSON.parse(body.toString()) as ErrorReply);
}

function down(service: ServiceName, detail: string): HealthReport {
  return { status: 'down', checks: { [service]: { status: 'down', detail } } };
}
