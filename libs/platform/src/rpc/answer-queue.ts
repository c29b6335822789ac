import { Logger } from '@nestjs/common';
import type { Nats } from '../nats-connection';
import { type Answer, encodeAnswers } from './frame';

/** Gathers the answers that are ready within a tick and sends those of one frame together. Nothing in it throws. */
export class AnswerQueue {
  private readonly logger = new Logger(AnswerQueue.name);
  private readonly waiting = new Map<string, Answer[]>();

  constructor(private readonly nats: Nats) {}

  add(reply: string, answer: Answer): void {
    const waiting = this.waiting.get(reply);
    if (waiting) {
      waiting.push(answer);
      return;
    }
    if (this.waiting.size === 0)
      setImmediate(() => {
        this.flush();
      });
    this.waiting.set(reply, [answer]);
  }

  flush(): void {
    const ready = [...this.waiting];
    this.waiting.clear();
    for (const [reply, answers] of ready) this.send(reply, answers);
  }

  /** What cannot be sent concerns the callers of this frame alone: they hear of it by their deadlines. */
  private send(reply: string, answers: readonly Answer[]): void {
    try {
      for (const message of encodeAnswers(answers)) this.nats.nc.publish(reply, message);
    } catch (error) {
      this.logger.error({ err: error, calls: answers.length }, 'answers could not be sent');
    }
  }
}
