import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { EventService } from '../events/event.service';
import { SeatingService } from '../registrations/seating.service';
import { ParticipantRetentionService } from '../registrations/participant-retention.service';

const INTERVAL_MS = 2000;
const BATCH = 50;

/**
 * What time alone brings about: events close, begin and end, offers expire and pass on, accessibility needs are deleted. Each
 * step is one transaction under the event's locks and does nothing when it was done already, so every replica may sweep.
 */
@Injectable()
export class SweepService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(SweepService.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly events: EventService,
    private readonly seating: SeatingService,
    private readonly retention: ParticipantRetentionService,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.running ??= this.attempt().finally(() => (this.running = undefined));
    }, INTERVAL_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  async sweep(): Promise<void> {
    for (const eventId of await this.events.dueForAdvance(BATCH)) await this.events.advance(eventId);
    for (const eventId of await this.seating.eventsWithExpiredOffers(BATCH)) await this.seating.expireOffers(eventId);
    await this.retention.forgetNeedsOfPastEvents(BATCH);
  }

  private async attempt(): Promise<void> {
    try {
      await this.sweep();
    } catch (error) {
      // The next sweep finds the same work again.
      this.logger.error({ err: error }, 'the sweep stopped early');
    }
  }
}
