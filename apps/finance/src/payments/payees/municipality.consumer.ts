import { Injectable } from '@nestjs/common';
import type { IncomingMessage } from '#contracts';
import { municipalityRecorded } from '#contracts/partnership';
import type { Tx } from '#database';
import { Project } from '#messaging';

/** Keeps a copy of the municipalities that may be paid; an older state than the one known changes nothing. */
@Injectable()
export class MunicipalityConsumer {
  @Project(municipalityRecorded)
  async onRecorded(messages: readonly IncomingMessage<typeof municipalityRecorded>[], tx: Tx): Promise<void> {
    await tx.statement(
      'municipality_copy_record',
      `INSERT INTO municipality_copy AS m (id, version, name, country)
       SELECT * FROM unnest($1::uuid[], $2::int[], $3::text[], $4::text[])
       ON CONFLICT (id) DO UPDATE SET version = excluded.version, name = excluded.name, country = excluded.country
       WHERE excluded.version > m.version`,
      [
        messages.map(({ data }) => data.municipalityId),
        messages.map(({ aggregateVersion }) => aggregateVersion),
        messages.map(({ data }) => data.name),
        messages.map(({ data }) => data.country),
      ],
    );
  }
}
