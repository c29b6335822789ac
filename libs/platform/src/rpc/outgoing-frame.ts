import { monotonicNow } from '../deadline';
import { type FramedCall, RequestFrameWriter } from './frame';
import type { Replica } from './presence';

/** An answer as bytes, for a caller that passes it through. */
export interface RawReply {
  readonly body: Buffer;
  readonly version: number | null;
  readonly isReplayed: boolean;
}

/** Who waits for one call's answer. */
export interface Pending {
  readonly resolve: (reply: RawReply) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** A request frame from its first call to its last answer. Calls are known by their place in it, and nowhere else. */
export class OutgoingFrame {
  private readonly writer = new RequestFrameWriter();
  private readonly openedAt = monotonicNow();
  private readonly pending = new Map<number, Pending>();
  private addressee: Replica;
  sendings = 0;

  /** `frames`: where it is found by its reply subject as long as one of its calls is open. */
  constructor(
    replica: Replica,
    readonly reply: string,
    private readonly frames: Map<string, OutgoingFrame>,
  ) {
    this.addressee = replica;
  }

  get replica(): Replica {
    return this.addressee;
  }

  /** The call's id; undefined when the frame is full. Throws PLATFORM_BODY_TOO_LARGE for a call that fits no frame. */
  add(call: FramedCall): number | undefined {
    return this.writer.add(call);
  }

  expect(callId: number, pending: Pending): void {
    if (this.pending.size === 0) this.frames.set(this.reply, this);
    this.pending.set(callId, pending);
    this.addressee.outstanding += 1;
  }

  /** For the replica that it goes to now: its deadlines are counted on that one's clock. */
  encode(): Buffer {
    this.sendings += 1;
    return this.writer.encode(this.addressee.onItsClock(this.openedAt));
  }

  readdress(replica: Replica): void {
    this.addressee.outstanding -= this.pending.size;
    this.addressee = replica;
    replica.outstanding += this.pending.size;
  }

  /** Ends a call's waiting; undefined when it is over already. */
  settle(callId: number): Pending | undefined {
    const pending = this.pending.get(callId);
    if (!pending) return undefined;
    clearTimeout(pending.timer);
    this.pending.delete(callId);
    this.addressee.outstanding -= 1;
    if (this.pending.size === 0) this.frames.delete(this.reply);
    return pending;
  }

  /** Ends the waiting of all that are open. */
  fail(error: Error): void {
    for (const callId of [...this.pending.keys()]) this.settle(callId)?.reject(error);
  }
}
