import { Injectable } from '@nestjs/common';
import type { Page, RequestOf } from '#contracts';
import { listUndeliveredMails, type UndeliveredMailView } from '#contracts/events';
import { Database, Filters } from '#database';
import { Clock, Handle } from '#platform';

type Row = Omit<UndeliveredMailView, 'writtenAt' | 'givenUpAt'> & { writtenAt: Date; givenUpAt: Date };

/** Which mails were given up, for whoever can find a better address. */
@Injectable()
export class MailReader {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Handle(listUndeliveredMails)
  list({ limit, cursor, ...filter }: RequestOf<typeof listUndeliveredMails>): Promise<Page<UndeliveredMailView>> {
    const filters = new Filters().add('mail.event_id = ?', filter.eventId);
    if (filter.isOpen !== undefined) filters.add(`${IS_OPEN} = ${filter.isOpen}`, this.clock.now());
    return this.database.page<Row, UndeliveredMailView>({
      select:
        'SELECT id, version, kind, registration_id, participant_id, written_at, attempts, given_up_at, failure FROM mail',
      where: ['given_up_at IS NOT NULL', 'participant_id IS NOT NULL', ...filters.conditions],
      parameters: filters.parameters,
      sort: [{ key: 'givenUpAt', column: 'given_up_at', type: 'timestamptz', descending: true }],
      idColumn: 'id',
      limit,
      cursor,
      filterHash: filter,
      items: (rows) =>
        rows.map(({ writtenAt, givenUpAt, ...row }) => ({
          ...row,
          writtenAt: writtenAt.toISOString(),
          givenUpAt: givenUpAt.toISOString(),
        })),
    });
  }
}

/** Nobody has to do anything about somebody who was taken out, has confirmed, or was written to again. */
const IS_OPEN = `EXISTS (SELECT FROM participant person JOIN event ON event.id = person.event_id
  WHERE person.id = mail.participant_id AND person.is_open AND person.address_confirmed_at IS NULL AND event.ends_at > ?
    AND NOT EXISTS (SELECT FROM mail later WHERE later.participant_id = person.id AND later.written_at > mail.written_at))`;
