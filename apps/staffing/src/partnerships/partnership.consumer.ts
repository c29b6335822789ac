import { Injectable } from '@nestjs/common';
import type { IncomingMessage } from '#contracts';
import { partnershipRecorded } from '#contracts/partnership';
import type { Tx } from '#database';
import { Consume } from '#messaging';

/**
 * Keeps the local copy. Each message is a full snapshot with the version of its aggregate: an older or equal one that comes
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
}
