import { Injectable } from '@nestjs/common';
import type { Page, RequestOf } from '#contracts';
import { listUndeliveredMails, type UndeliveredMailView } from '#contracts/events';
import { Database, Filters } from '#database';
import { Handle } from '#platform';

type Row = Omit<UndeliveredMailView, 'writtenAt' | 'givenUpAt'> & { writtenAt: Date; givenUpAt: Date };

/** Which mails were given up, for whoever can find a better address. */
@Injectable()
export class MailReader {
  constructor(private readonly database: Database) {}

  @Handle(listUndeliveredMails)
  list({ limit, cursor, eventId }: RequestOf<typeof listUndeliveredMails>): Promise<Page<UndeliveredMailView>> {
    const filters = new Filters().add('event_id = ?', eventId);
    return this.database.page<Row, UndeliveredMailView>({
      select:
        'SELECT id, version, kind, registration_id, participant_id, written_at, attempts, given_up_at, failure FROM mail',
      where: ['given_up_at IS NOT NULL', 'participant_id IS NOT NULL', ...filters.conditions],
      parameters: filters.parameters,
      sort: [{ key: 'givenUpAt', column: 'given_up_at', type: 'timestamptz', descending: true }],
      idColumn: 'id',
      limit,
      cursor,
      filterHash: { eventId },
      items: (rows) =>
        rows.map(({ writtenAt, givenUpAt, ...row }) => ({
          ...row,
          writtenAt: writtenAt.toISOString(),
          givenUpAt: givenUpAt.toISOString(),
        })),
    });
  }
}
