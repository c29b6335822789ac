import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import type { Signature } from './expert-request.entity';

/** The signatures of a request, one row per partnership and side. */
@Injectable()
export class SignatureStore {
  of(tx: Tx, expertRequestId: string): Promise<(Signature & { signedBy: string; signedAt: Date })[]> {
    return tx.query(
      `SELECT partnership_id, side, municipality_id, signed_by, signed_at
       FROM expert_request_signature WHERE expert_request_id = $1`,
      [expertRequestId],
    );
  }

  async add(
    tx: Tx,
    expertRequestId: string,
    given: { signatures: readonly Signature[]; signedBy: string; signedAt: Date },
  ): Promise<void> {
    for (const { partnershipId, side, municipalityId } of given.signatures) {
      await tx.execute(
        `INSERT INTO expert_request_signature (expert_request_id, partnership_id, side, municipality_id, signed_by, signed_at)
         VALUES ($1, $2, $3, $4, $5, $6)`,
        [expertRequestId, partnershipId, side, municipalityId, given.signedBy, given.signedAt],
      );
    }
  }

  async drop(tx: Tx, expertRequestId: string): Promise<void> {
    await tx.execute('DELETE FROM expert_request_signature WHERE expert_request_id = $1', [expertRequestId]);
  }
}
