import { Injectable, Logger } from '@nestjs/common';
import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import type { Msg, Subscription } from '@nats-io/transport-node';
import {
  ANSWER_BYTES_MAX,
  AppError,
  isOfAnyRoute,
  type Operation,
  OPERATIONS,
  payFilterOf,
  refusalWithoutPay,
  seesAllPay,
  undeclaredAmounts,
} from '#contracts';
import { ANYBODY, authorize } from '../authorization';
import type { Call, Caller } from '../call';
import { PlatformConfig } from '../config';
import { assertInTime, monotonicNow } from '../deadline';
import { HealthRegistry } from '../health';
import { newId } from '../id';
import { Nats } from '../nats-connection';
import { TokenVerifier } from '../token-verifier';
import { inSpan, traceIdOf } from '../tracing';
import { parseRequest } from '../validation';
import { AnswerQueue } from './answer-queue';
import { CallLimit } from './call-limit';
import { type Answer, type CallRow, decodeRequests } from './frame';
import { IncomingCall } from './incoming-call';
import { JsonReply } from './json-reply';
import { exposeLimits, handledCalls } from './metrics';
import { overloaded } from './overload';
import { BEAT_EVERY_MS } from './presence';
import { frameSubject, healthSubject, inboxOwner, presenceSubject, rollCallSubject } from './subjects';

/** Operations with a longer deadline wait on purpose; whoever waits must not use up the places of those who work. */
const ORDINARY_DEADLINE_MS_MAX = 5000;
/** No caller waits longer, whatever its frame says. */
const DEADLINE_MS_MAX = 30_000;

/** Where a call came in, and when its caller began to wait, on this process's clock. */
interface Arrival {
  readonly reply: string;
  readonly token: string;
  readonly callId: number;
  readonly sentAt: number;
}

/** What is learnt of a call while it runs, and its answer needs. */
interface Learnt {
  isReplayed: boolean;
  /** Undefined as long as the token is not verified. */
  caller?: Caller;
}

/** Carries out an operation; by then the caller is authorised for it and the request is valid. */
export type Handler = (request: unknown, call: Call) => unknown;

/**
 * Nest's transport of the requests: takes the frames that are addressed to this replica and runs each call on its own. For every
 * call the token is verified again, the role checked and the request validated, whoever sent it: a handler never sees less. A call
 * that comes too late or is too many is refused before anything is done for it; an answer that is too large is refused alone.
 */
@Injectable()
export class RpcServer extends Server implements CustomTransportStrategy {
  protected override readonly logger = new Logger(RpcServer.name);
  private readonly operations = new Map(OPERATIONS.map((operation) => [operation.subject as string, operation]));
  private readonly handlers = new Map<string, Handler>();
  private readonly replica = newId();
  private readonly answers: AnswerQueue;
  private readonly limits: Readonly<Record<'ordinary' | 'long', CallLimit>>;
  private subscriptions: Subscription[] = [];
  private beat: NodeJS.Timeout | undefined;
  private inFlight = 0;
  private whenIdle: (() => void) | undefined;

  constructor(
    private readonly config: PlatformConfig,
    private readonly nats: Nats,
    private readonly tokens: TokenVerifier,
    private readonly health: HealthRegistry,
  ) {
    super();
    const { RPC_CALLS_MAX, RPC_LONG_CALLS_MAX, RPC_DEADLINE_MS } = config.values;
    this.answers = new AnswerQueue(nats);
    this.limits = {
      ordinary: new CallLimit(RPC_CALLS_MAX, RPC_DEADLINE_MS),
      // They wait on purpose, which says nothing about how busy the process is: their limit stays where it is.
      long: new CallLimit(RPC_LONG_CALLS_MAX, Infinity),
    };
    exposeLimits(this.limits, () => this.inFlight);
  }

  /** Before `listen`; every operation of the service needs exactly one handler. */
  register({ subject }: Operation, handler: Handler): void {
    if (this.handlers.has(subject)) throw new Error(`${subject} has two handlers`);
    this.handlers.set(subject, handler);
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
    const take = (subject: string, work: (message: Msg) => void) =>
      this.nats.nc.subscribe(subject, {
        // The broker lets a service listen as a member of its own queue group only.
        queue: name,
        callback: (error, message) => {
          if (!error) work(message);
        },
      });
    this.subscriptions = [
      take(frameSubject(name, this.replica), (message) => {
        this.receive(message);
      }),
      take(healthSubject(name, this.replica), (message) => void this.answerHealth(message)),
      take(rollCallSubject(name), () => {
        this.showPresence();
      }),
    ];
    this.showPresence();
    this.beat = setInterval(() => {
      this.showPresence();
    }, BEAT_EVERY_MS).unref();
  }

  /** An operation that is declared but has no handler would only be found by the first caller, as a time-out. */
  private refuseMissingHandlers(): void {
    const missing = [...this.operations.values()]
      .filter((operation) => operation.service === this.config.name && !this.handlers.has(operation.subject))
      .map((operation) => operation.subject);
    if (missing.length > 0) throw new Error(`No handler for ${missing.join(', ')}`);
  }

  /** Takes no new frames, then waits until every call that was taken is answered. */
  async close(): Promise<void> {
    clearInterval(this.beat);
    const open = this.subscriptions.filter((subscription) => !subscription.isClosed());
    await Promise.all(open.map((subscription) => subscription.drain()));
    if (this.inFlight > 0) await new Promise<void>((resolve) => (this.whenIdle = resolve));
    this.answers.flush();
  }

  on(): never {
    throw new Error('the rpc transport has no events of its own');
  }

  unwrap<T>(): T {
    return this.nats.nc as T;
  }

  /** Says that this replica is alive, and what its clock shows: callers count their deadlines on it. */
  private showPresence(): void {
    if (this.nats.nc.isClosed() || this.nats.nc.isDraining()) return;
    this.nats.nc.publish(presenceSubject(this.config.name, this.replica), monotonicNow().toFixed(3));
  }

  private receive(message: Msg): void {
    const { reply } = message;
    // The broker lets this service answer wherever a message says; nobody shall make it speak on another subject than an inbox.
    if (!reply?.startsWith('_INBOX_')) return;
    try {
      const { openedAt, tokens, calls } = decodeRequests(message.data);
      const sentAt = Math.min(openedAt, monotonicNow());
      for (const [callId, row] of calls.entries())
        void this.answer(row, { reply, token: tokens[row[0]] ?? '', callId, sentAt });
    } catch (error) {
      this.logger.error({ err: error }, 'a request frame could not be read');
    }
  }

  /** Never rejects. */
  private async answer(row: CallRow, arrival: Arrival): Promise<void> {
    this.inFlight += 1;
    const operation = this.operations.get(row[1]);
    const answer = await this.outcome(operation, row, arrival);
    handledCalls.observe(
      { operation: operation?.subject ?? 'unknown', outcome: answer.isError ? 'refused' : 'done' },
      (monotonicNow() - arrival.sentAt) / 1000,
    );
    this.answers.add(arrival.reply, answer);
    this.inFlight -= 1;
    if (this.inFlight === 0) this.whenIdle?.();
  }

  private async outcome(operation: Operation | undefined, row: CallRow, arrival: Arrival): Promise<Answer> {
    const { callId, sentAt } = arrival;
    const learnt: Learnt = { isReplayed: false };
    let limit: CallLimit | undefined;
    try {
      if (!operation || operation.service !== this.config.name) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
      const deadlineAt = sentAt + Math.min(row[2], DEADLINE_MS_MAX);
      assertInTime({ deadlineAt });
      limit = this.enter(operation);
      const result = await inSpan(row[1], { kind: 'SERVER', traceparent: row[6] ?? undefined }, (traceparent) =>
        this.handle(operation, row, { ...arrival, deadlineAt, traceparent, learnt }),
      );
      const body = Buffer.from(result instanceof JsonReply ? result.json : JSON.stringify(result));
      if (body.length > ANSWER_BYTES_MAX) throw tooLarge(body.length);
      return { callId, isError: false, isReplayed: learnt.isReplayed, version: versionOf(result), body };
    } catch (error) {
      const refusal = this.refusal(this.declared(operation, error), row).toReply();
      const body = Buffer.from(JSON.stringify(refusalWithoutPay(refusal, learnt.caller)));
      return { callId, isError: true, isReplayed: learnt.isReplayed, version: null, body };
    } finally {
      limit?.leave(monotonicNow() - sentAt);
    }
  }

  private enter({ deadlineMs = 0, service }: Operation): CallLimit {
    const limit = this.limits[deadlineMs > ORDINARY_DEADLINE_MS_MAX ? 'long' : 'ordinary'];
    if (!limit.tryEnter()) throw overloaded(service);
    return limit;
  }

  private async handle(
    operation: Operation,
    row: CallRow,
    by: Arrival & { deadlineAt: number; traceparent: string | undefined; learnt: Learnt },
  ): Promise<unknown> {
    const [, subject, , correlationId, idempotencyKey, expectedVersion, , input, language] = row;
    const { token, reply, deadlineAt, traceparent, learnt } = by;
    const handler = this.handlers.get(subject);
    if (!handler) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    const caller = operation.isPublic ? ANYBODY : (this.tokens.remembered(token) ?? (await this.tokens.verify(token)));
    learnt.caller = caller;
    const scope = authorize(caller, operation, inboxOwner(reply));
    const request = parseRequest(operation.request, input);
    if (operation.precondition === 'required' && expectedVersion === null)
      throw new AppError('PLATFORM_VERSION_REQUIRED');
    if (operation.idempotency === 'required' && idempotencyKey === null)
      throw new AppError('PLATFORM_IDEMPOTENCY_KEY_MISSING');
    const call = new IncomingCall(scope, {
      caller,
      operation,
      request,
      token,
      idempotencyKey: idempotencyKey ?? undefined,
      expectedVersion: expectedVersion ?? undefined,
      correlationId,
      deadlineAt,
      traceparent,
      language: language === 'de' ? 'de' : 'en',
      markReplayed: () => (learnt.isReplayed = true),
    });
    const result = shownTo(caller, operation, await handler(request, call));
    if (this.config.values.CONTRACT_CHECKS !== 'on') return result;
    if (!learnt.isReplayed) call.assertScopeAsked();
    return this.checked(operation, result);
  }

  /** A reply that breaks its own contract is our bug, found here rather than by a client. */
  private checked(operation: Operation, result: unknown): unknown {
    const parsed = operation.reply.safeParse(result instanceof JsonReply ? JSON.parse(result.json) : result);
    if (parsed.success) return result;
    throw new Error(`${operation.subject} answered against its contract: ${JSON.stringify(parsed.error.issues)}`);
  }

  /** A refusal that its operation does not declare is our bug too: no client can expect it. */
  private declared(operation: Operation | undefined, error: unknown): unknown {
    if (this.config.values.CONTRACT_CHECKS !== 'on' || !operation || !(error instanceof AppError)) return error;
    const amounts = undeclaredAmounts(error);
    if (amounts.length > 0)
      return new Error(`${error.code} has amounts that it does not declare: ${amounts.join(', ')}`);
    if (isOfAnyRoute(error.code) || operation.errors?.includes(error.code)) return error;
    return new Error(`${operation.subject} refuses with ${error.code}, which it does not declare`, { cause: error });
  }

  /** Says once, where it happens, why a call failed by no fault of the caller; refusals of the caller are logged at the gateway. */
  private refusal(error: unknown, row: CallRow): AppError {
    const where = { operation: row[1], correlationId: row[3], traceId: traceIdOf(row[6] ?? undefined) };
    if (!(error instanceof AppError)) {
      this.logger.error({ err: error, ...where }, 'unexpected error');
      return new AppError('PLATFORM_INTERNAL_ERROR');
    }
    if (error.isPassedOn) return error;
    if (error.code === 'PLATFORM_ANSWER_TOO_LARGE')
      this.logger.error({ err: error, ...where }, 'an answer is too large');
    // Overload is counted and not logged: a line for each refusal would be the next load.
    else if (error.kind === 'unavailable' && error.code !== 'PLATFORM_SERVICE_OVERLOADED')
      this.logger.warn({ err: error, ...where }, 'a dependency is away');
    return error;
  }

  private async answerHealth(message: Msg): Promise<void> {
    try {
      message.respond(JSON.stringify(await this.health.report()));
    } catch (error) {
      this.logger.warn({ err: error }, 'a health report could not be sent');
    }
  }
}

/** The answer without the pay that the caller may not see; a stored answer that is given again, too. */
function shownTo(caller: Caller, { reply }: Operation, result: unknown): unknown {
  const filter = payFilterOf(reply);
  if (!filter || seesAllPay(caller)) return result;
  return filter(result instanceof JsonReply ? JSON.parse(result.json) : result, caller);
}

function tooLarge(bytes: number): AppError {
  return new AppError('PLATFORM_ANSWER_TOO_LARGE', { bytes, bytesMax: ANSWER_BYTES_MAX });
}

function versionOf(result: unknown): number | null {
  return typeof result === 'object' && result !== null && 'version' in result && typeof result.version === 'number'
    ? result.version
    : null;
}
