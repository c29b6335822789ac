import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { NatsConnection } from '@nats-io/transport-node';
import { PlatformConfig } from './config';
import { HealthRegistry } from './health';
import { connectNats } from './tls';

/**
 * The process's one NATS connection. It reconnects for ever (the library's default gives up after about 20 s and leaves a
 * process that is alive but deaf, docs/reliability.md#reconnecting-for-ever), notices a half-open link within 30 s, and ends the
 * process should the connection close for good, so that the supervisor starts a fresh one.
 */
@Injectable()
export class Nats implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(Nats.name);
  private connection: NatsConnection | undefined;
  private connecting: Promise<void> | undefined;
  private isStopping = false;
  private isConnected = false;

  constructor(
    private readonly config: PlatformConfig,
    health: HealthRegistry,
  ) {
    health.register('nats', () => Promise.resolve(this.isConnected ? undefined : 'not connected'));
  }

  /** Under which this identity receives answers; the broker lets nobody else listen there. */
  get inboxPrefix(): string {
    return `_INBOX_${this.config.values.NATS_USER ?? this.config.name}`;
  }

  /** Whether what is sent now leaves at once, instead of waiting for the broker to come back. */
  get isUp(): boolean {
    return this.isConnected;
  }

  /** Available once the module is initialised. */
  get nc(): NatsConnection {
    if (!this.connection) throw new Error('NATS is not connected yet');
    return this.connection;
  }

  onModuleInit(): Promise<void> {
    return this.ready();
  }

  /** Resolves when connected; other providers may await it in their own onModuleInit, whose order Nest does not promise. */
  ready(): Promise<void> {
    this.connecting ??= this.connect();
    return this.connecting;
  }

  private async connect(): Promise<void> {
    const { NATS_USER, NATS_PASSWORD } = this.config.values;
    this.connection = await connectNats(this.config.values, {
      name: this.config.name,
      user: NATS_USER,
      pass: NATS_PASSWORD,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 500,
      reconnectJitter: 500,
      pingInterval: 10_000,
      maxPingOut: 2,
      inboxPrefix: this.inboxPrefix,
      // Two stack traces for every published message otherwise, a quarter of the relay's time.
      noAsyncTraces: true,
    });
    this.isConnected = true;
    void this.watch(this.connection);
    void this.connection.closed().then((error) => {
      this.isConnected = false;
      if (this.isStopping) return;
      this.logger.fatal({ err: error }, 'NATS connection closed for good; ending the process');
      process.exit(1);
    });
  }

  private async watch(connection: NatsConnection): Promise<void> {
    for await (const status of connection.status()) {
      if (status.type === 'disconnect') this.isConnected = false;
      if (status.type === 'reconnect') this.isConnected = true;
      if (['disconnect', 'reconnect', 'error'].includes(status.type))
        this.logger.warn({ status }, `NATS ${status.type}`);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    if (this.connection && !this.connection.isClosed()) await this.connection.drain();
  }
}
