import { setTimeout as delay } from 'node:timers/promises';
import { jetstream } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import type { DataOf } from '#contracts';
import type { payoutOrdered } from '#contracts/finance';

type PayoutFacts = DataOf<typeof payoutOrdered>;

const STREAM = 'EVT_FINANCE';
// Not the durable of the books: the demo would take its messages away from a real system.
const DURABLE = 'finance-department-trial';

/** The finance department's own system: a plain NATS client with its own credentials that may read payout events and nothing else. */
export class FinanceDepartment {
  private readonly payoutsBySubject = new Map<string, Map<string, PayoutFacts>>();
  private isStopping = false;

  private constructor(private readonly connection: NatsConnection) {}

  static async connect(options: { url: string; user: string; password: string }): Promise<FinanceDepartment> {
    const connection = await connect({
      servers: options.url,
      user: options.user,
      pass: options.password,
      name: DURABLE,
      inboxPrefix: `_INBOX_${options.user}`,
      maxReconnectAttempts: -1,
    });
    const department = new FinanceDepartment(connection);
    void department.consume();
    return department;
  }

  /** How many payouts of a fund were announced as ordered; an event that comes twice counts once. */
  orderedOf(fundId: string): number {
    return [...(this.payoutsBySubject.get('evt.finance.payout.ordered.v1')?.values() ?? [])].filter(
      (payout) => payout.fundId === fundId,
    ).length;
  }

  /** Waits until as many ordered payouts have been announced, or the time is over. */
  async waitForOrdered(fundId: string, count: number, timeoutMs: number): Promise<number> {
    const until = Date.now() + timeoutMs;
    while (this.orderedOf(fundId) < count && Date.now() < until) await delay(100);
    return this.orderedOf(fundId);
  }

  async close(): Promise<void> {
    this.isStopping = true;
    await this.connection.drain();
  }

  private async consume(): Promise<void> {
    // The durable is made by the deployment (npm run migrate); the department may read it and acknowledge, nothing else.
    const consumer = await jetstream(this.connection).consumers.get(STREAM, DURABLE);
    const messages = await consumer.consume({ max_messages: 200 });
    for await (const message of messages) {
      const payout = JSON.parse(message.string()) as PayoutFacts;
      const seen = this.payoutsBySubject.get(message.subject) ?? new Map<string, PayoutFacts>();
      this.payoutsBySubject.set(message.subject, seen.set(payout.payoutId, payout));
      message.ack();
      if (this.isStopping) break;
    }
  }
}
