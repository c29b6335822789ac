import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Subscription } from '@nats-io/transport-node';
import type { ServiceName, ServiceView } from '#contracts';
import type { Database } from '#database';
import { Clock, Handlers, HealthRegistry, type Nats } from '#platform';
import { Recurring } from './background/recurring';
import type { MessagingConfig } from './config';
import { collectHandlers } from './inbox/consume';
import { StreamConsumer } from './inbox/consumer';
import type { DeadLetters } from './inbox/dead-letters';
import { ExternalConsumers } from './reconciling/external-consumers';
import { Inbox } from './inbox/inbox';
import { MessageVerifier } from './signing/message-verifier';
import { backlogAgeSeconds, exposeBacklog } from './metrics';
import { answerReceiptQuestions } from './reconciling/receipts';
import { Rechecks } from './reconciling/rechecks';
import { Reconciler } from './reconciling/reconciler';
import { Relay } from './relay/relay';
import { RelaySignal } from './relay/relay-signal';
import { producersFor } from './streams/streams';

/** Starts relay, reconciler and consumers with the service, and stops them before its connections close. */
export class Messaging implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly relay: Relay;
  readonly reconciler: Reconciler;
  readonly rechecks: Rechecks;
  readonly external: ExternalConsumers;
  private consumers: StreamConsumer[] = [];
  private receipts: Subscription | undefined;

  constructor(
    private readonly service: ServiceName,
    private readonly database: Database,
    private readonly nats: Nats,
    private readonly config: MessagingConfig,
    private readonly deadLetters: DeadLetters,
    private readonly wiring: MessagingWiring,
  ) {
    if (database.service !== service) throw new Error(`the database of ${database.service} cannot serve ${service}`);
    this.relay = new Relay(service, database, nats, wiring.signal);
    this.rechecks = new Rechecks(database, wiring.clock);
    this.external = new ExternalConsumers(database);
    const { relay, rechecks, external } = this;
    this.reconciler = new Reconciler(service, database, nats, config, { relay, rechecks, external });
  }

  async onApplicationBootstrap(): Promise<void> {
    const inbox = new Inbox(this.service, this.database, this.wiring.handlersOf(this.service), this.config);
    const verifier = new MessageVerifier(this.config.trustedKeys);
    this.deadLetters.attach(inbox, verifier);
    await this.nats.ready();
    this.receipts = answerReceiptQuestions(this.nats.nc, this.database.reserved, this.service);
    this.consumers = producersFor(this.service).map(
      (producer) =>
        new StreamConsumer(
          { service: this.service, producer },
          this.nats,
          inbox,
          this.config,
          this.wiring.clock,
          verifier,
        ),
    );
    this.wiring.watchStreams([this.reconciler, ...this.consumers]);
    this.wiring.watchBacklog(() => backlogAgeSeconds(this.database.reserved), this.config.backlogSecondsMax);
    for (const consumer of this.consumers) consumer.start();
    this.relay.start();
    this.reconciler.start();
    exposeBacklog(this.database.reserved);
  }

  /** What waits to be taken in, for each producer. */
  standing(): Promise<ServiceView['consumers']> {
    return Promise.all(this.consumers.map((consumer) => consumer.standing()));
  }

  /** Compares what was published with what arrived; a round goes on beyond this call. */
  @Recurring<Messaging>({ name: 'compare with the receivers', intervalMs: ({ config }) => config.reconcileMs })
  reconcile(): Promise<void> {
    this.reconciler.begin();
    return Promise.resolve();
  }

  /** Before NATS drains and the pool closes: nothing new is taken, what runs is finished. */
  async beforeApplicationShutdown(): Promise<void> {
    this.receipts?.unsubscribe();
    await Promise.all(this.consumers.map((consumer) => consumer.stop()));
    await this.reconciler.stop();
    await this.relay.stop();
  }
}

/** What messaging takes from Nest: the reactions, the time, the relay's signal and where it reports its health. */
@Injectable()
export class MessagingWiring {
  constructor(
    private readonly handlers: Handlers,
    private readonly health: HealthRegistry,
    readonly signal: RelaySignal,
    readonly clock: Clock,
  ) {}

  handlersOf(service: ServiceName) {
    return collectHandlers(service, this.handlers);
  }

  /** A broker that is connected but takes nothing is seen by what waits for it. */
  watchBacklog(ageSeconds: () => Promise<number>, secondsMax: number): void {
    this.health.register('outbox', async () => {
      const seconds = await ageSeconds();
      return seconds > secondsMax
        ? `a message has been waiting for the stream for ${Math.round(seconds)} s`
        : undefined;
    });
  }

  watchStreams(parts: readonly { health(): string | undefined }[]): void {
    this.health.register('streams', () => {
      const faults = parts.map((part) => part.health()).filter((fault) => fault !== undefined);
      return Promise.resolve(faults.length > 0 ? faults.join('; ') : undefined);
    });
  }
}
