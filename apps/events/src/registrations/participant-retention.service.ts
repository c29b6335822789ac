import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { Clock } from '#platform';

/** Keeps the promise that accessibility needs (Art. 9 GDPR) do not outlive the event they were given for. */
@Injectable()
export class ParticipantRetentionService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Deletes up to `limit` needs of events that are over; the next call takes the rest. */
  forgetNeedsOfPastEvents(limit: number): Promise<number> {
    return this.database.transaction((tx) =>
      tx.execute(
        `DELETE FROM accessibility_need WHERE id IN
           (SELECT need.id FROM accessibility_need need JOIN event ON event.id = need.event_id
             WHERE event.ends_at <= $1 LIMIT $2)`,
        [this.clock.now(), limit],
      ),
    );
  }
}
