import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { Installation } from './installation';

const USER = 'finance-department';
const FETCH_MS = 2000;

/** What the finance department took over its NATS durable: each id once, with its position in the feed. */
export class DepartmentBooks {
  readonly positions = new Map<string, string>();
  repeated = 0;

  /** Takes and acknowledges messages until it has seen enough, at the most for the time that is given. */
  async take(installation: Installation, isEnough: () => boolean, waitMs = 90_000): Promise<void> {
    const end = performance.now() + waitMs;
    const nc = await connect({
      servers: installation.natsUrl,
      user: USER,
      pass: await installation.natsPassword(),
      inboxPrefix: `_INBOX_${USER}`,
    });
    try {
      const consumer = await jetstream(nc, { checkAPI: false }).consumers.get('EVT_FINANCE', USER);
      while (!isEnough() && performance.now() < end) {
        const message = await consumer.next({ expires: FETCH_MS });
        if (!message) continue;
        this.record(message.headers?.get('ce-id') ?? '', message.headers?.get('position') ?? '');
        message.ack();
      }
      await nc.flush();
    } finally {
      await nc.close();
    }
  }

  private record(id: string, position: string): void {
    if (this.positions.has(id)) this.repeated += 1;
    this.positions.set(id, position);
  }
}
