import { Injectable } from '@nestjs/common';
import { type IncomingMessage, municipalityRecorded } from '#contracts';
import type { Tx } from '#database';
import { Consume } from '#messaging';

/** Keeps a copy of the municipalities that may be paid; an older state than the one known changes nothing. */
@Injectable()
export class MunicipalityConsumer {
  @Consume(municipalityRecorded)
  async onRecorded({ data, aggregateVersion }: IncomingMessage<typeof municipalityRecorded>, tx: Tx): Promise<void> {
    await tx.query(
      `INSERT INTO municipality_copy AS m (id, version, name, country) VALUES ($1, $2, $3, $4)
       ON CONFLICT (id) DO UPDATE SET version = excluded.version, name = excluded.name, country = excluded.country
       WHERE excluded.version > m.version`,
      [data.municipalityId, aggregateVersion, data.name, data.country],
    );
  }
}
