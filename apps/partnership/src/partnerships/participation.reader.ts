import { Injectable } from '@nestjs/common';
import { AppError } from '#contracts';
import type { ParticipantView, PartnershipStatus } from '#contracts/partnership';
import type { Tx } from '#database';

/** What others ask of a partnership in a transaction of theirs. */
@Injectable()
export class ParticipationReader {
  /** Locked against an end that is recorded at the same time. */
  async statusForUpdate(tx: Tx, partnershipId: string): Promise<PartnershipStatus> {
    const [row] = await tx.query<{ status: PartnershipStatus }>(
      'SELECT status FROM partnership WHERE id = $1 FOR SHARE',
      [partnershipId],
    );
    if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return row.status;
  }

  /** The municipalities of the partner side. */
  async partnerMunicipalities(tx: Tx, partnershipId: string): Promise<string[]> {
    const [row] = await tx.query<{ participants: ParticipantView[] }>(
      'SELECT participants FROM partnership WHERE id = $1',
      [partnershipId],
    );
    return row?.participants.flatMap(({ side, municipalityId }) => (side === 'PARTNER' ? municipalityId : [])) ?? [];
  }
}
