import { Injectable } from '@nestjs/common';
import { Recurring } from '#messaging';
import { EventService } from '../events/event.service';
import { SeatingService } from '../registrations/seating.service';
import { AddressConfirmationService } from '../registrations/address-confirmation.service';
import { UnconfirmedSeatsService } from '../registrations/unconfirmed-seats.service';
import { ParticipantRetentionService } from '../registrations/participant-retention.service';

const INTERVAL_MS = 2000;
const BATCH = 50;

/**
 * What time alone brings about: events close, begin and end, offers expire and pass on, seats are kept and held long enough, people are forgotten. Each
 * step is one transaction under the event's locks and does nothing when it was done already, so every replica may sweep.
 */
@Injectable()
export class SweepService {
  constructor(
    private readonly events: EventService,
    private readonly seating: SeatingService,
    private readonly unconfirmed: UnconfirmedSeatsService,
    private readonly addresses: AddressConfirmationService,
    private readonly retention: ParticipantRetentionService,
  ) {}

  @Recurring({ name: 'sweep events', intervalMs: INTERVAL_MS })
  async sweep(): Promise<void> {
    for (const eventId of await this.events.dueForAdvance(BATCH)) await this.events.advance(eventId);
    for (const eventId of await this.seating.eventsWithExpiredOffers(BATCH)) await this.seating.expireOffers(eventId);
    for (const eventId of await this.seating.eventsWithSeatsKeptTooLong(BATCH)) await this.seating.passOver(eventId);
    for (const eventId of await this.unconfirmed.eventsToLookAt(BATCH)) await this.unconfirmed.giveBack(eventId);
    await this.addresses.forgetExpiredTokens(BATCH);
    await this.retention.forgetNeedsOfPastEvents(BATCH);
    await this.retention.forgetPeopleOfPastEvents(BATCH);
  }
}
