import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { AppError, type Operation, OPERATIONS, pathParameters } from '#contracts';
import { type CallContext, Clock, type RawReply, RpcClient } from '#platform';

const FIRST_PAUSE_MS = 20;
const PAUSE_MS_MAX = 250;

/** `Prefer: wait=N` (RFC 7240): reads a 202's resource again until its outcome is known, and gives up after N seconds. */
@Injectable()
export class OutcomeWaiter {
  constructor(
    private readonly rpc: RpcClient,
    private readonly clock: Clock,
  ) {}

  async wait(
    operation: Operation,
    answer: RawReply,
    context: CallContext & { seconds: number },
  ): Promise<{ answer: RawReply; isFinal: boolean }> {
    const { settles } = operation;
    if (!settles || context.seconds === 0) return { answer, isFinal: false };
    const read = OPERATIONS.find((candidate) => candidate.subject === settles.read);
    if (!read) throw new Error(`${operation.subject} settles on the unknown ${settles.read}`);
    const { id } = JSON.parse(answer.body.toString()) as { id: string };
    const request = Object.fromEntries(pathParameters(read.http.path).map((name) => [name, id]));
    const until = this.clock.now().getTime() + context.seconds * 1000;
    const { token, correlationId, traceparent } = context;
    for (let pause = FIRST_PAUSE_MS; this.clock.now().getTime() < until; pause = Math.min(pause * 1.5, PAUSE_MS_MAX)) {
      const current = await this.rpc.callRaw(read, request, { token, correlationId, traceparent });
      const { status } = JSON.parse(current.body.toString()) as { status: string };
      if (settles.done.includes(status))
        return { answer: { ...current, isReplayed: answer.isReplayed }, isFinal: true };
      const code = settles.refused[status];
      if (code) throw new AppError(code, { id, status });
      await delay(pause);
    }
    return { answer, isFinal: false };
  }
}
