import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import type { ProvenUse } from '../../payments/payouts/proven-use.port';

/**
 * How much of the money of each commitment is accounted for, in cents of EUR: what accepted proofs of use show as spent, and what was
 * paid back on the claims that were accepted with them.
 */
@Injectable()
export class ProvenUseReader implements ProvenUse {
  async read(tx: Tx, commitmentIds: readonly string[]): Promise<Map<string, bigint>> {
    const rows = await tx.query<{ commitmentId: string; minor: bigint }>(
      `SELECT proof.commitment_id, sum(coalesce(receipts.minor, 0) + coalesce(claim.paid_minor, 0))::bigint AS minor
       FROM proof_of_use proof
       LEFT JOIN claim ON claim.id = proof.claim_id
       LEFT JOIN LATERAL (SELECT sum(r.amount_eur_minor) AS minor FROM proof_receipt r WHERE r.proof_of_use_id = proof.id) AS receipts ON true
       WHERE proof.commitment_id = ANY ($1::uuid[]) AND proof.status IN ('ACCEPTED', 'ACCEPTED_WITH_CLAIM')
       GROUP BY proof.commitment_id`,
      [commitmentIds],
    );
    return new Map(rows.map((row) => [row.commitmentId, row.minor]));
  }
}
