import { Injectable } from '@nestjs/common';
import { AppError } from '#contracts';
import type { ParticipantView, PartnershipStatus } from '#contracts/partnership';
import { Database, refuseForeign, type Tx } from '#database';
import type { Call } from '#platform';
import { PARTNERSHIP_OWNERSHIP } from '../participation.rows';
import { Partnership } from './partnership.entity';

/** What others ask of a partnership in a transaction of theirs. */
@Injectable()
export class ParticipationReader {
  constructor(private readonly database: Database) {}

  /** PLATFORM_RESOURCE_NOT_FOUND where there is none, or none that is the caller's. */
  async assertVisible(partnershipId: string, call: Call): Promise<void> {
    await refuseForeign(this.database, call, { ownership: PARTNERSHIP_OWNERSHIP, id: partnershipId });
    // An own scope would have found none; any scope has not asked yet.
    if (call.scope === 'any') await this.database.findOrFail(Partnership, partnershipId);
  }

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
