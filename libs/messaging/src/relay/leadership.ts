import type { Client, Notification } from 'pg';
import type { Database } from '#database';

/** One session-level lock per database; schemas keep the services apart. */
const LOCK = `hashtextextended('messaging:' || current_schema(), 0)`;
const PULSE_MS = 5000;
/** Longer than any statement of the leader may take. */
const PULSE_LIMIT_MS = 35_000;

/**
 * The right to publish a service's messages, held by one replica: a session lock on a connection of its own. It vanishes with the
 * connection, however the process ends, and the next replica takes over. The connection also hears and sends the wake-up calls
 * between replicas: NOTIFY inside business transactions would make all their commits wait for one another.
 */
export class Leadership {
  private isOpen = true;
  private pulse: NodeJS.Timeout | undefined;
  private pulseAskedAt: number | undefined;
  private isNotifying = false;
  private hasMoreToSay = false;

  private constructor(
    /** All of the leader's statements run here: without the lock nothing can be marked. */
    readonly client: Client,
    private readonly channel: string,
  ) {}

  /** `onWake`: another replica committed something. `onLost`: the connection is gone, and the right to lead with it. */
  static async join(database: Database, on: { onWake: () => void; onLost: () => void }): Promise<Leadership> {
    const client = await database.connectDedicated('relay');
    const channel = `outbox_${database.service}`;
    const leadership = new Leadership(client, channel);
    client.on('error', () => {
      leadership.isOpen = false;
    });
    client.on('end', () => {
      leadership.isOpen = false;
      clearInterval(leadership.pulse);
      on.onLost();
    });
    client.on('notification', (notification: Notification) => {
      if (notification.channel === channel) on.onWake();
    });
    await client.query(`LISTEN ${channel}`);
    leadership.pulse = setInterval(() => leadership.feelPulse(), PULSE_MS);
    return leadership;
  }

  get isConnected(): boolean {
    return this.isOpen;
  }

  /** Whether this replica leads from now on. */
  async tryLead(): Promise<boolean> {
    const { rows } = await this.client.query<{ leads: boolean }>(`SELECT pg_try_advisory_lock(${LOCK}) AS leads`);
    return rows[0]?.leads ?? false;
  }

  /** Wakes the leader, wherever it runs; calls that come while one is on its way share the next. */
  notify(): void {
    this.hasMoreToSay = true;
    if (!this.isNotifying) void this.sendNotifications();
  }

  async leave(): Promise<void> {
    this.isOpen = false;
    clearInterval(this.pulse);
    await this.client.end().catch(() => undefined);
  }

  /** A link that went silent answers nothing and raises no error: cut it, so that another replica can lead. */
  private feelPulse(): void {
    if (this.pulseAskedAt !== undefined) {
      if (performance.now() - this.pulseAskedAt > PULSE_LIMIT_MS) void this.client.end();
      return;
    }
    this.pulseAskedAt = performance.now();
    this.client.query('SELECT 1').then(
      () => (this.pulseAskedAt = undefined),
      () => undefined,
    );
  }

  private async sendNotifications(): Promise<void> {
    this.isNotifying = true;
    try {
      while (this.hasMoreToSay && this.isOpen) {
        this.hasMoreToSay = false;
        await this.client.query('SELECT pg_notify($1, $2)', [this.channel, '']);
      }
    } catch {
      // A lost wake-up costs the second until the leader looks by itself.
      this.isOpen = false;
    } finally {
      this.isNotifying = false;
    }
  }
}
