import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '#contracts';
import { Clock } from '#platform';
import { GatewayConfig } from '../gateway-config';

const SWEEP_MS = 1000;
const INTERVAL_MS = 10_000;
/** How long the rest of a refused body is still read and thrown away, so that its sender gets to see the refusal. */
const LINGER_MS = 5000;

interface Arriving {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  checkedAt: number;
  bytes: number;
}

/** Ends bodies that come too slowly: in every ten seconds BODY_RATE_MIN bytes a second have to arrive, or the request ends with 408. */
@Injectable()
export class BodyPace implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly arriving = new Set<Arriving>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly config: GatewayConfig,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.sweep();
    }, SWEEP_MS).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Bodies on their way. */
  get waiting(): number {
    return this.arriving.size;
  }

  /** What has come of them since each was looked at last. */
  get bytesArrived(): number {
    return [...this.arriving].reduce((sum, { request, bytes }) => sum + request.raw.socket.bytesRead - bytes, 0);
  }

  /** Looks after a request until its body is there or its answer is sent. */
  watch(request: FastifyRequest, reply: FastifyReply): void {
    const { headers, socket } = request.raw;
    if (headers['transfer-encoding'] === undefined && !(Number(headers['content-length']) > 0)) return;
    const checkedAt = this.clock.now().getTime();
    this.arriving.add({ request, reply, checkedAt, bytes: socket.bytesRead });
  }

  /** Fastify's hook: leaves a body that nobody will use, however much of it comes. */
  readonly onResponse = ({ raw }: FastifyRequest, _reply: FastifyReply, done: () => void): void => {
    done();
    if (raw.complete || raw.destroyed) return;
    const timer = setTimeout(() => raw.destroy(), LINGER_MS).unref();
    raw.once('close', () => {
      clearTimeout(timer);
    });
    raw.resume();
  };

  private sweep(): void {
    const now = this.clock.now().getTime();
    for (const body of this.arriving) {
      const { request, reply } = body;
      if (request.raw.complete || request.raw.destroyed || reply.sent) this.arriving.delete(body);
      else if (now - body.checkedAt >= INTERVAL_MS) this.check(body, now);
    }
  }

  private check(body: Arriving, now: number): void {
    const { raw } = body.request;
    const { bytesRead } = raw.socket;
    const wanted = (this.config.values.BODY_RATE_MIN * (now - body.checkedAt)) / 1000;
    // What stands unread here waits for us, not for the client.
    if (bytesRead - body.bytes >= wanted || raw.readableLength > 0) {
      Object.assign(body, { checkedAt: now, bytes: bytesRead });
      return;
    }
    this.arriving.delete(body);
    void body.reply.header('connection', 'close').send(new AppError('PLATFORM_REQUEST_TIMEOUT'));
  }
}
