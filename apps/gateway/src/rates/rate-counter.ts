import type { RatePolicy } from './rate-policy';

/** What one replica accepted: in a window of time (its number since 1970) and in the one before. */
export interface ReplicaCount {
  readonly window: number;
  readonly accepted: number;
  readonly acceptedBefore: number;
}

export interface RateVerdict {
  readonly isAllowed: boolean;
  readonly remaining: number;
  /** Seconds until the quota is whole again, or for a refusal until the next request has a chance. */
  readonly seconds: number;
}

/**
 * Accepted requests of one caller and class in a sliding window: the current window, and the one before by the share of it that still
 * counts. Each replica counts what it accepted itself and adds what the others say they accepted. What they cannot know yet counts once for
 * every replica, as if the caller asked all of them alike: so all replicas together stay within the quota even between two exchanges,
 * at the price that a caller who bursts at one replica is asked to wait a little too early.
 */
export class RateCounter {
  /** Set while the counter waits to be told to the others. */
  isChanged = false;
  private window = 0;
  private accepted = 0;
  private acceptedBefore = 0;
  private told = 0;
  /** What was told an exchange ago: the others know it, and their words since then take it into account. */
  private known = 0;
  private readonly others = new Map<string, ReplicaCount>();

  constructor(
    /** What the replicas call it among each other; says nothing about the caller. */
    readonly id: string,
    readonly policy: RatePolicy,
  ) {}

  /** Takes one request from the quota, if there is one left. */
  take(now: number, replicas: number): RateVerdict {
    this.moveTo(now);
    const { quota, windowMs } = this.policy;
    const elapsed = (now % windowMs) / windowMs;
    const [others, othersBefore] = this.ofOthers();
    const current = this.known + (this.accepted - this.known) * replicas + others;
    const before = this.acceptedBefore + othersBefore;
    const left = quota - current - before * (1 - elapsed);
    if (left < 1) {
      const wait = waitShare({ quota, current, before, elapsed });
      return { isAllowed: false, remaining: 0, seconds: Math.max(1, Math.ceil((wait * windowMs) / 1000)) };
    }
    this.accepted += 1;
    return {
      isAllowed: true,
      remaining: Math.floor(left) - 1,
      seconds: Math.ceil(((1 - elapsed) * windowMs) / 1000),
    };
  }

  /** What this replica accepted, for the others. */
  tell(now: number): ReplicaCount {
    this.moveTo(now);
    this.known = this.told;
    this.told = this.accepted;
    this.isChanged = false;
    return { window: this.window, accepted: this.accepted, acceptedBefore: this.acceptedBefore };
  }

  /** What another replica accepted; a later word of it replaces the earlier one, so that a lost or repeated one does no harm. */
  hear(replica: string, count: ReplicaCount): void {
    this.others.set(replica, count);
  }

  /** Drops what counts no more, such as the words of replicas that are gone; answers whether anything is left. */
  prune(now: number): boolean {
    const oldest = Math.floor(now / this.policy.windowMs) - 1;
    for (const [replica, other] of this.others) if (other.window < oldest) this.others.delete(replica);
    return this.window >= oldest || this.others.size > 0;
  }

  private moveTo(now: number): void {
    const window = Math.floor(now / this.policy.windowMs);
    if (window === this.window) return;
    this.acceptedBefore = window === this.window + 1 ? this.accepted : 0;
    [this.window, this.accepted, this.told, this.known] = [window, 0, 0, 0];
  }

  private ofOthers(): [current: number, before: number] {
    let [current, before] = [0, 0];
    for (const other of this.others.values()) {
      const ahead = other.window - this.window;
      if (ahead === 0) [current, before] = [current + other.accepted, before + other.acceptedBefore];
      // Its clock is in the next window already, or it said nothing since the one before.
      if (ahead === 1) current += other.acceptedBefore;
      if (ahead === -1) before += other.accepted;
    }
    return [current, before];
  }
}

/** Windows until one request is free again, when nothing is accepted meanwhile. */
function waitShare(use: { quota: number; current: number; before: number; elapsed: number }): number {
  const { quota, current, before, elapsed } = use;
  const free = quota - 1 - current;
  if (free >= 0 && before > 0) return Math.max(0, 1 - free / before - elapsed);
  // The current window is full by itself: it has to become the one before, and then to fade.
  return 1 - elapsed + Math.max(0, 1 - (quota - 1) / current);
}
