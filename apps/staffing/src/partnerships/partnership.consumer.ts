import { Injectable } from '@nestjs/common';
import { type IncomingMessage, municipalityRecorded, partnershipRecorded } from '#contracts';
import type { Tx } from '#database';
import { Consume, Project } from '#messaging';

/**
 * Keeps the local copies. Each message is a full snapshot with the version of its aggregate: an older or equal one that comes
 * late changes nothing, so any order and any number of deliveries end in the same copy.
 */
@Injectable()
export class PartnershipConsumer {
  @Consume(partnershipRecorded)
  async partnershipRecorded(message: IncomingMessage<typeof partnershipRecorded>, tx: Tx): Promise<void> {
    const { partnershipId, kind, status, participants } = message.data;
    const isNewer = await tx.execute(
      `INSERT INTO partnership_copy AS copy (id, version, kind, status) VALUES ($1, $2, $3, $4)
       ON CONFLICT (id) DO UPDATE SET version = excluded.version, kind = excluded.kind, status = excluded.status
       WHERE excluded.version > copy.version`,
      [partnershipId, message.aggregateVersion, kind, status],
    );
    if (isNewer === 0) return;
    await tx.execute('DELETE FROM partnership_participant_copy WHERE partnership_id = $1', [partnershipId]);
    await tx.execute(
      `INSERT INTO partnership_participant_copy (partnership_id, municipality_id, side, country)
       SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::text[])`,
      [
        partnershipId,
        participants.map((participant) => participant.municipalityId),
        participants.map((participant) => participant.side),
        participants.map((participant) => participant.country),
      ],
    );
  }

  @Project(municipalityRecorded)
  async municipalityRecorded(messages: readonly IncomingMessage<typeof municipalityRecorded>[], tx: Tx): Promise<void> {
    await tx.statement(
      'municipality_copy_record',
      `INSERT INTO municipality_copy AS copy (id, version, name, country, side)
       SELECT * FROM unnest($1::uuid[], $2::int[], $3::text[], $4::text[], $5::text[])
       ON CONFLICT (id) DO UPDATE
         SET version = excluded.version, name = excluded.name, country = excluded.country, side = excluded.side
       WHERE excluded.version > copy.version`,
      [
        messages.map(({ data }) => data.municipalityId),
        messages.map(({ aggregateVersion }) => aggregateVersion),
        messages.map(({ data }) => data.name),
        messages.map(({ data }) => data.country),
        messages.map(({ data }) => data.side),
      ],
    );
  }
}
