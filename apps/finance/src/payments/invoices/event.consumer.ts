import { Injectable } from '@nestjs/common';
import type { IncomingMessage } from '#contracts';
import { eventPublished } from '#contracts/events';
import type { Tx } from '#database';
import { Consume } from '#messaging';

/** Knows which events were published, so that an invoice can be for one. An event is published once. */
@Injectable()
export class EventConsumer {
  @Consume(eventPublished)
  async onPublished({ data }: IncomingMessage<typeof eventPublished>, tx: Tx): Promise<void> {
    await tx.execute('INSERT INTO event_copy (id) VALUES ($1) ON CONFLICT (id) DO NOTHING', [data.eventId]);
  }
}
