import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '#platform';
import { GatewayConfig } from '../gateway-config';
import { RATE_CLASSES, type RateClass } from './rate-class';
import { RateCounter, type RateVerdict, type ReplicaCount } from './rate-counter';
import { ratePolicies, type RatePolicy } from './rate-policy';

/** Counters kept at a time; beyond it the one that was made first is forgotten. */
const COUNTERS_MAX = 20_000;

/** What a replica says about one counter. */
export type CountRow = [id: string, window: number, accepted: number, acceptedBefore: number];

/** Counts what callers and addresses ask for and says when it is enough. In memory only: what replicas share is RateSharing's work. */
@Injectable()
export class RateLimiter {
  readonly policies: Readonly<Record<RateClass, RatePolicy>>;
  /** Counters that the other replicas have to be told about. */
  readonly changed = new Set<RateCounter>();
  /** Replicas that count, this one included. */
  replicas = 1;
  private readonly byKey: Readonly<Record<RateClass, Map<string, RateCounter>>>;
  private readonly byId = new Map<string, RateCounter>();

  constructor(
    config: GatewayConfig,
    private readonly clock: Clock,
  ) {
    this.policies = ratePolicies(config.values);
    this.byKey = Object.fromEntries(
      RATE_CLASSES.map((name) => [name, new Map<string, RateCounter>()]),
    ) as unknown as typeof this.byKey;
  }

  /** `key` is the caller's subject, or the network address. */
  take(name: RateClass, key: string): RateVerdict {
    const counter = this.byKey[name].get(key) ?? this.counterOf(name, key);
    if (!counter.isChanged) {
      counter.isChanged = true;
      this.changed.add(counter);
    }
    return counter.take(this.clock.now().getTime(), this.replicas);
  }

  /** What has changed since it was asked last. */
  tell(): CountRow[] {
    const now = this.clock.now().getTime();
    const rows = [...this.changed].map((counter): CountRow => {
      const { window, accepted, acceptedBefore } = counter.tell(now);
      return [counter.id, window, accepted, acceptedBefore];
    });
    this.changed.clear();
    return rows;
  }

  /** Tells everything at the next occasion: a replica has come that knows nothing yet. */
  tellAll(): void {
    for (const counter of this.byId.values()) {
      counter.isChanged = true;
      this.changed.add(counter);
    }
  }

  hear(replica: string, name: RateClass, row: CountRow): void {
    const [id, window, accepted, acceptedBefore] = row;
    const count: ReplicaCount = { window, accepted, acceptedBefore };
    (this.byId.get(id) ?? this.newCounter(name, id)).hear(replica, count);
  }

  /** Drops the counters in which nothing counts any more. */
  sweep(): void {
    const now = this.clock.now().getTime();
    for (const counter of this.byId.values()) if (!counter.prune(now)) this.drop(counter);
    for (const keys of Object.values(this.byKey))
      for (const [key, counter] of keys) if (this.byId.get(counter.id) !== counter) keys.delete(key);
  }

  get size(): number {
    return this.byId.size;
  }

  private counterOf(name: RateClass, key: string): RateCounter {
    const id = `${name}:${createHash('sha256').update(key).digest('base64url').slice(0, 22)}`;
    const counter = this.byId.get(id) ?? this.newCounter(name, id);
    const keys = this.byKey[name];
    if (keys.size >= COUNTERS_MAX) keys.delete(keys.keys().next().value ?? '');
    keys.set(key, counter);
    return counter;
  }

  private newCounter(name: RateClass, id: string): RateCounter {
    const counter = new RateCounter(id, this.policies[name]);
    const [oldest] = this.byId.size >= COUNTERS_MAX ? this.byId.values() : [];
    if (oldest) this.drop(oldest);
    this.byId.set(id, counter);
    return counter;
  }

  private drop(counter: RateCounter): void {
    this.byId.delete(counter.id);
    this.changed.delete(counter);
  }
}
