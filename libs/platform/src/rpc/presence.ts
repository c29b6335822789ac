import { Logger } from '@nestjs/common';
import type { Msg } from '@nats-io/transport-node';
import type { ServiceName } from '#contracts';
import { monotonicNow } from '../deadline';
import type { Nats } from '../nats-connection';
import { presenceSubject, rollCallSubject } from './subjects';

/** How often a replica says that it is alive. */
export const BEAT_EVERY_MS = 1000;
const TICK_MS = 500;
/** A replica that was silent for so many ticks in a row, three seconds, is away. */
const SILENT_TICKS_MAX = 6;
/** How long a call waits for the first beat of a service that nobody has looked for yet. */
const FIRST_BEAT_MS = 1500;
/** Beats that the difference of two clocks is taken from. */
const BEATS_KEPT = 8;
/** More than any deployment has; a stolen credential must not fill the memory of those who listen. */
const REPLICAS_MAX = 64;

/** One process of a service, as another process knows it. */
export class Replica {
  /** Calls that it was sent and has not answered yet. */
  outstanding = 0;
  /** When it was last chosen, counted in choices: of two that are equally busy it is the other one's turn. */
  lastChosen = 0;
  private silentTicks = 0;
  private readonly clockOffsets: number[] = [];

  constructor(
    readonly service: ServiceName,
    readonly id: string,
  ) {}

  /** Any answer is a sign of life, too: who is busy answering may be late with its beats. */
  seen(): void {
    this.silentTicks = 0;
  }

  /** The replica told what its own clock shows. */
  beat(clock: number): void {
    this.seen();
    this.clockOffsets.push(clock - monotonicNow());
    if (this.clockOffsets.length > BEATS_KEPT) this.clockOffsets.shift();
  }

  tick(): void {
    this.silentTicks += 1;
  }

  get isSilent(): boolean {
    return this.silentTicks > SILENT_TICKS_MAX;
  }

  /** An instant of this process's clock on the replica's; at most a beat's way too early, never late. */
  onItsClock(instant: number): number {
    return instant + Math.max(...this.clockOffsets);
  }
}

interface Watch {
  readonly replicas: Map<string, Replica>;
  /** Settles with the first beat, or once it is clear that none will come soon. */
  readonly known: Promise<unknown>;
  isKnown: boolean;
  settle(): void;
}

/**
 * Knows which replicas of the services that this process calls are alive. Silence is counted in ticks of this process and not in
 * time: one that was stopped or busy itself must not take everybody else for dead.
 */
export class Presence {
  private readonly logger = new Logger(Presence.name);
  private readonly watches = new Map<ServiceName, Watch>();
  private readonly timer: NodeJS.Timeout;
  private choices = 0;

  constructor(private readonly nats: Nats) {
    this.timer = setInterval(() => {
      this.tick();
    }, TICK_MS).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Those that were heard within three seconds. */
  replicas(service: ServiceName): readonly Replica[] {
    return [...(this.watches.get(service)?.replicas.values() ?? [])];
  }

  /** The replica with the fewest calls open: one that hangs keeps its calls and so gets few more, until its silence is noticed. */
  leastBusy(service: ServiceName): Replica | undefined {
    let found: Replica | undefined;
    for (const replica of this.watches.get(service)?.replicas.values() ?? [])
      if (!found || isLessBusy(replica, found)) found = replica;
    if (found) found.lastChosen = this.choices += 1;
    return found;
  }

  /** Whether it has been found out who is there. */
  isKnown(service: ServiceName): boolean {
    return this.watches.get(service)?.isKnown ?? false;
  }

  /** Listens for a service from now on, asks it to show itself, and resolves once it is known whether it is there. */
  watch(service: ServiceName): Promise<unknown> {
    return (this.watches.get(service) ?? this.begin(service)).known;
  }

  /** The broker said that nobody listens there any more. */
  forget({ service, id }: Replica): void {
    this.watches.get(service)?.replicas.delete(id);
  }

  private begin(service: ServiceName): Watch {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const watch: Watch = {
      replicas: new Map(),
      known: promise,
      isKnown: false,
      settle() {
        this.isKnown = true;
        resolve(undefined);
      },
    };
    this.watches.set(service, watch);
    setTimeout(() => {
      watch.settle();
    }, FIRST_BEAT_MS).unref();
    const { nc, inboxPrefix } = this.nats;
    nc.subscribe(presenceSubject(service, '*'), {
      callback: (error, message) => {
        if (!error) this.hear(service, watch, message);
      },
    });
    // Nobody answers here: the service beats. That there is nobody at all is what the broker says at once.
    const reply = `${inboxPrefix}.roll-call.${service}`;
    nc.subscribe(reply, {
      max: 1,
      callback: () => {
        watch.settle();
      },
    });
    nc.publish(rollCallSubject(service), undefined, { reply });
    return watch;
  }

  private hear(service: ServiceName, watch: Watch, message: Msg): void {
    const [, of, id = ''] = message.subject.split('.');
    const shown = message.string();
    if (of !== service || !/^[\w-]{1,64}$/.test(id) || !/^\d{1,15}(\.\d{1,9})?$/.test(shown)) return;
    const known = watch.replicas.get(id);
    if (!known && watch.replicas.size >= REPLICAS_MAX) return;
    const replica = known ?? new Replica(service, id);
    replica.beat(Number(shown));
    if (!known) {
      watch.replicas.set(id, replica);
      this.logger.log({ service, replica: id }, 'a replica is present');
    }
    watch.settle();
  }

  private tick(): void {
    for (const [service, { replicas }] of this.watches) {
      for (const replica of replicas.values()) {
        replica.tick();
        if (!replica.isSilent) continue;
        replicas.delete(replica.id);
        this.logger.warn({ service, replica: replica.id }, 'a replica has gone silent');
      }
    }
  }
}

function isLessBusy(one: Replica, other: Replica): boolean {
  return one.outstanding === other.outstanding
    ? one.lastChosen < other.lastChosen
    : one.outstanding < other.outstanding;
}
