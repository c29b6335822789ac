import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import { newId } from '#platform';
import type { AssessmentTotals } from './assessment';

interface Given extends AssessmentTotals {
  readonly reviewer: string;
  readonly note: string | null;
  readonly correctionReason: string | null;
  readonly assessedAt: Date;
}

/** The assessments of a request: one of each reviewer counts, the last one; what was corrected stays as evidence. */
@Injectable()
export class AssessmentStore {
  /** `version` is the one that the request has with it. */
  async add(tx: Tx, expertRequestId: string, version: number, given: Given): Promise<void> {
    const id = newId();
    await tx.execute(
      `INSERT INTO expert_request_assessment
         (id, expert_request_id, reviewer, scores, total_hundredths, note, assessed_at, request_version, correction_reason, revision)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, 1 + count(*)
       FROM expert_request_assessment WHERE expert_request_id = $2 AND reviewer = $3`,
      [
        id,
        expertRequestId,
        given.reviewer,
        JSON.stringify(given.scores),
        given.totalHundredths,
        given.note,
        given.assessedAt,
        version,
        given.correctionReason,
      ],
    );
    // That it was given, not what it says: the trail is read before all reviewers are in.
    tx.noteChange({ object: 'expert_request_assessment', id, isNew: true });
  }

  /** Whether all that happened to the request since a version are assessments by others. */
  async areOnlyOthersSince(
    tx: Tx,
    request: { readonly id: string; readonly version: number },
    since: { readonly version: number; readonly reviewer: string },
  ): Promise<boolean> {
    const [row] = await tx.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM expert_request_assessment
       WHERE expert_request_id = $1 AND request_version > $2 AND reviewer <> $3`,
      [request.id, since.version, since.reviewer],
    );
    return row?.count === request.version - since.version;
  }
}
