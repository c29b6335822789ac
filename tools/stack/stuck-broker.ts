import type { Say } from '#testing/embedded';

export interface BrokerSigns {
  /** The first service whose messages have waited too long for the stream although it is connected, if there is one. */
  waitingService(): Promise<string | undefined>;
  /** Of the disk that holds the streams, in MiB. */
  freeMiB(): Promise<number>;
}

const LOOK_EVERY_MS = 5_000;
/** Below, no restart would help. */
const ROOM_MIN_MIB = 32;
/** So many looks in a row: one may fall into a moment when all is just catching up. */
const LOOKS_MIN = 3;
/** Looks that are left out after a restart that did not help, twice as many each time. */
const PAUSE_LOOKS_MIN = 12;
const PAUSE_LOOKS_MAX = 120;

/**
 * Notices a broker that is connected and goes on refusing messages, as nats-server does for a stream whose disk was full once, and
 * has it restarted. Judged by the effect, the age of what waits in the outboxes, whatever the cause. While the disk is full it says
 * so, once, because only a person can help there.
 */
export class StuckBroker {
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private bad = 0;
  private pause = 0;
  private nextPause = PAUSE_LOOKS_MIN;
  private isFullSaid = false;

  constructor(
    private readonly signs: BrokerSigns,
    private readonly restart: (reason: string) => void,
    private readonly say: Say,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      this.looking ??= this.look().finally(() => (this.looking = undefined));
    }, LOOK_EVERY_MS).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** One look; a restart begins a pause, so that what waits can leave before it is judged again. */
  async look(): Promise<void> {
    const service = await this.signs.waitingService();
    if (service === undefined) return this.beginAnew();
    if (this.pause > 0) {
      this.pause -= 1;
      return;
    }
    this.bad += 1;
    if (this.bad < LOOKS_MIN) return;
    if ((await this.signs.freeMiB()) < ROOM_MIN_MIB) return this.sayFull();
    this.isFullSaid = false;
    this.bad = 0;
    this.pause = this.nextPause;
    this.nextPause = Math.min(PAUSE_LOOKS_MAX, this.nextPause * 2);
    this.restart(`messages of ${service} have been waiting for it`);
  }

  private beginAnew(): void {
    this.bad = 0;
    this.pause = 0;
    this.nextPause = PAUSE_LOOKS_MIN;
    this.isFullSaid = false;
  }

  private sayFull(): void {
    if (this.isFullSaid) return;
    this.isFullSaid = true;
    this.say(
      'The disk that holds the streams of NATS is full: messages wait in the outboxes. Make room on it; the rest heals.',
    );
  }
}
