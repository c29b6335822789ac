import { Injectable, Logger } from '@nestjs/common';
import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import type { Msg, Subscription } from '@nats-io/transport-node';
import { Histogram, register } from 'prom-client';
import { firstValueFrom, isObservable } from 'rxjs';
import { AppError, type Operation, OPERATIONS } from '#contracts';
import { authorize } from '../authorization';
import type { Call, Caller } from '../call';
import { Clock } from '../clock';
import { PlatformConfig } from '../config';
import { HealthRegistry } from '../health';
import { Nats } from '../nats-connection';
import { TokenVerifier } from '../token-verifier';
import { inSpan, traceIdOf } from '../tracing';
import { parseRequest } from '../validation';
import {
  type Answer,
  type CallRow,
  decodeRequests,
  encodeAnswers,
  FRAME_BYTES_MAX,
  frameSubject,
  healthSubject,
} from './frame';
import { RPC_TRANSPORT } from './handle';

const durations =
  (register.getSingleMetric('rpc_handled_seconds') as Histogram<'operation' | 'outcome'> | undefined) ??
  new Histogram({
    name: 'rpc_handled_seconds',
    help: 'Time from unpacking a call to its answer',
    labelNames: ['operation', 'outcome'] as const,
    buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3],
  });

/**
 * Nest's transport of the requests: takes frames off NATS in the service's queue group and runs each call on its own. For every
 * call the token is verified again, the role checked and the request validated, whoever sent it: a handler never sees less.
 */
@Injectable()
export class RpcServer extends Server implements CustomTransportStrategy {
  override readonly transportId = RPC_TRANSPORT;
  protected override readonly logger = new Logger(RpcServer.name);
  private readonly operations = new Map(OPERATIONS.map((operation) => [operation.subject as string, operation]));
  private readonly answers = new Map<string, Answer[]>();
  private subscriptions: Subscription[] = [];
  private inFlight = 0;
  private whenIdle: (() => void) | undefined;

  constructor(
    private readonly config: PlatformConfig,
    private readonly nats: Nats,
    private readonly tokens: TokenVerifier,
    private readonly health: HealthRegistry,
    private readonly clock: Clock,
  ) {
    super();
  }

  listen(callback: (error?: unknown) => void): void {
    void this.start().then(() => {
      callback();
    }, callback);
  }

  private async start(): Promise<void> {
    this.refuseMissingHandlers();
    await this.nats.ready();
    const { name } = this.config;
    this.subscriptions = [
      this.nats.nc.subscribe(frameSubject(name), {
        queue: name,
        callback: (error, message) => {
          if (!error) this.receive(message);
        },
      }),
      this.nats.nc.subscribe(healthSubject(name), {
        queue: name,
        callback: (_error, message) => void this.answerHealth(message),
      }),
    ];
  }

  /** An operation that is declared but has no handler would only be found by the first caller, as a time-out. */
  private refuseMissingHandlers(): void {
    const missing = [...this.operations.values()]
      .filter((operation) => operation.service === this.config.name && !this.messageHandlers.has(operation.subject))
      .map((operation) => operation.subject);
    if (missing.length > 0) throw new Error(`No handler for ${missing.join(', ')}`);
  }

  /** Takes no new frames, then waits until every call that was taken is answered. */
  async close(): Promise<void> {
    const open = this.subscriptions.filter((subscription) => !subscription.isClosed());
    await Promise.all(open.map((subscription) => subscription.drain()));
    if (this.inFlight > 0) await new Promise<void>((resolve) => (this.whenIdle = resolve));
    this.flushAll();
  }

  on(): never {
    throw new Error('the rpc transport has no events of its own');
  }

  unwrap<T>(): T {
    return this.nats.nc as T;
  }

  private receive(message: Msg): void {
    const { reply } = message;
    if (!reply) return;
    try {
      const frame = decodeRequests(message.data);
      for (const row of frame.calls) void this.answer(row, frame.tokens[row[2]] ?? '', reply);
    } catch (error) {
      this.logger.error({ err: error }, 'a request frame could not be read');
    }
  }

  private async answer(row: CallRow, token: string, reply: string): Promise<void> {
    this.inFlight += 1;
    const started = performance.now();
    const holder = { isReplayed: false };
    let answer: Answer;
    try {
      const result = await inSpan(row[1], { kind: 'SERVER', traceparent: row[7] ?? undefined }, (traceparent) =>
        this.handle(row, token, traceparent, holder),
      );
      answer = {
        callId: row[0],
        isError: false,
        isReplayed: holder.isReplayed,
        version: versionOf(result),
        body: Buffer.from(JSON.stringify(result)),
      };
    } catch (error) {
      const refusal = this.refusal(error, row);
      answer = {
        callId: row[0],
        isError: true,
        isReplayed: holder.isReplayed,
        version: null,
        body: Buffer.from(JSON.stringify(refusal.toReply())),
      };
    }
    durations.observe(
      { operation: row[1], outcome: answer.isError ? 'refused' : 'done' },
      (performance.now() - started) / 1000,
    );
    this.enqueue(reply, answer);
    this.inFlight -= 1;
    if (this.inFlight === 0) this.whenIdle?.();
  }

  private async handle(
    row: CallRow,
    token: string,
    traceparent: string | undefined,
    holder: { isReplayed: boolean },
  ): Promise<unknown> {
    const [, subject, , timeoutMs, correlationId, idempotencyKey, expectedVersion, , input] = row;
    const operation = this.operations.get(subject);
    const handler = this.messageHandlers.get(subject);
    if (!operation || !handler) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    const caller: Caller = this.tokens.remembered(token) ?? (await this.tokens.verify(token));
    const scope = authorize(caller, operation);
    const request = parseRequest(operation.request, input);
    if (operation.precondition === 'required' && expectedVersion === null)
      throw new AppError('PLATFORM_VERSION_REQUIRED');
    if (operation.idempotency === 'required' && idempotencyKey === null)
      throw new AppError('PLATFORM_IDEMPOTENCY_KEY_MISSING');
    const call: Call = {
      caller,
      scope,
      operation,
      request,
      token,
      idempotencyKey: idempotencyKey ?? undefined,
      expectedVersion: expectedVersion ?? undefined,
      correlationId,
      deadlineAt: this.clock.now().getTime() + timeoutMs,
      traceparent,
      markReplayed: () => (holder.isReplayed = true),
    };
    const result = await run(handler, request, call);
    return this.config.values.CONTRACT_CHECKS === 'on' ? this.checked(operation, result) : result;
  }

  /** A reply that breaks its own contract is our bug, found here rather than by a client. */
  private checked(operation: Operation, result: unknown): unknown {
    const parsed = operation.reply.safeParse(result);
    if (parsed.success) return result;
    throw new Error(`${operation.subject} answered against its contract: ${JSON.stringify(parsed.error.issues)}`);
  }

  private refusal(error: unknown, row: CallRow): AppError {
    if (error instanceof AppError) {
      if (error.kind === 'unavailable')
        this.logger.warn({ err: error, operation: row[1], correlationId: row[4] }, 'a dependency is away');
      return error;
    }
    this.logger.error(
      { err: error, operation: row[1], correlationId: row[4], traceId: traceIdOf(row[7] ?? undefined) },
      'unexpected error',
    );
    return new AppError('PLATFORM_INTERNAL_ERROR');
  }

  private enqueue(reply: string, answer: Answer): void {
    const waiting = this.answers.get(reply);
    if (waiting) {
      waiting.push(answer);
      return;
    }
    if (this.answers.size === 0)
      setImmediate(() => {
        this.flushAll();
      });
    this.answers.set(reply, [answer]);
  }

  private flushAll(): void {
    for (const [reply, answers] of this.answers) {
      let batch: Answer[] = [];
      let bytes = 0;
      for (const answer of answers) {
        if (batch.length > 0 && bytes + answer.body.length > FRAME_BYTES_MAX) {
          this.nats.nc.publish(reply, encodeAnswers(batch));
          [batch, bytes] = [[], 0];
        }
        batch.push(answer);
        bytes += answer.body.length;
      }
      if (!this.nats.nc.isClosed()) this.nats.nc.publish(reply, encodeAnswers(batch));
    }
    this.answers.clear();
  }

  private async answerHealth(message: Msg): Promise<void> {
    message.respond(JSON.stringify(await this.health.report()));
  }
}

/** Nest wraps a filtered error into an observable; everything else is the handler's own value. */
async function run(handler: MessageHandler, request: unknown, call: Call): Promise<unknown> {
  const result: unknown = await handler(request, call);
  return isObservable(result) ? firstValueFrom(result) : result;
}

function versionOf(result: unknown): number | null {
  return typeof result === 'object' && result !== null && 'version' in result && typeof result.version === 'number'
    ? result.version
    : null;
}
