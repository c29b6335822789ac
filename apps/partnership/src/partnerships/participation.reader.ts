import { Injectable } from '@nestjs/common';
import { AppError, type OpenPeriod } from '#contracts';
import type { ParticipantView, PartnershipKind, PartnershipStatus } from '#contracts/partnership';
import { Database, type Queries, refuseForeign, type Tx } from '#database';
import type { Call } from '#platform';
import { PARTNERSHIP_OWNERSHIP } from '../participation.rows';
import { Partnership } from './partnership.entity';

/** A partnership of one German and one partner municipality. */
export interface PairedPartnership {
  readonly partnershipId: string;
  readonly caseNumber: string;
  readonly kind: PartnershipKind;
  readonly status: PartnershipStatus;
  readonly germanId: string;
  readonly partnerId: string;
  readonly period: OpenPeriod | null;
}

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

  /** All partnerships of exactly two municipalities, the oldest first. */
  pairs(source: Queries): Promise<PairedPartnership[]> {
    return source.query<PairedPartnership>(
      `SELECT p.id AS partnership_id, p.case_number, p.kind, p.status, german->>'municipalityId' AS german_id,
         partner->>'municipalityId' AS partner_id,
         CASE WHEN p.period_from IS NOT NULL THEN json_build_object('from', p.period_from, 'to', p.period_to) END AS period
       FROM partnership p, json_array_elements(p.participants) AS german, json_array_elements(p.participants) AS partner
       WHERE json_array_length(p.participants) = 2 AND german->>'side' = 'DE' AND partner->>'side' = 'PARTNER'
       ORDER BY p.created_at, p.id`,
    );
  }
}
