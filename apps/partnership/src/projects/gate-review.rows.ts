import {
  PROJECT_STAGES,
  type GateReviewView,
  type ProjectEvidenceView,
  type ProjectStage,
} from '#contracts/partnership';
import type { Queries, Tx } from '#database';
import type { Condition } from './checklist';
import type { Project } from './project.entity';

const at = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const EVIDENCE = `e.id, e.stage, e.item, e.title, e.document_sha256, e.reference, e.recorded_by, ${at('e.recorded_at')} AS recorded_at`;

/** The views, made by Postgres; `recorded_at` is what their list is sorted by. */
export const evidenceSelect = `
  SELECT ${EVIDENCE},
    CASE WHEN w.evidence_id IS NOT NULL THEN json_build_object('by', w.withdrawn_by, 'at', ${at('w.withdrawn_at')}, 'reason', w.reason) END
      AS withdrawal
  FROM project_evidence e LEFT JOIN project_evidence_withdrawal w ON w.evidence_id = e.id`;

export const gateReviewSelect = `
  SELECT r.id, r.stage, r.status, r.requested_by, ${at('r.requested_at')} AS requested_at, r.note, r.approvals_needed, r.rule_from, r.items,
    (SELECT coalesce(json_agg(json_build_object('id', d.id, 'by', d.reviewer, 'at', ${at('d.decided_at')}, 'verdict', d.verdict,
       'note', d.note, 'isVoid', r.status IN ('RETURNED', 'INTERRUPTED') AND d.verdict <> 'BACK') ORDER BY d.decided_at, d.id), '[]')
     FROM gate_decision d WHERE d.review_id = r.id) AS decisions
  FROM gate_review r`;

/** What stands before a gate: the evidence of its stage. What was withdrawn proves nothing. */
export function evidenceBefore(
  source: Queries,
  { id, stage }: Pick<Project, 'id' | 'stage'>,
): Promise<Omit<ProjectEvidenceView, 'withdrawal'>[]> {
  return source.query(
    `SELECT ${EVIDENCE} FROM project_evidence e
     WHERE e.project_id = $1 AND e.stage = $2
       AND NOT EXISTS (SELECT FROM project_evidence_withdrawal w WHERE w.evidence_id = e.id)
     ORDER BY e.recorded_at, e.id`,
    [id, stage],
  );
}

/** Conditions that the gate into this stage was passed with; those of earlier gates were met at the one after them. */
export function conditionsOf(source: Queries, { id, stage }: Pick<Project, 'id' | 'stage'>): Promise<Condition[]> {
  return source.query<Condition>(
    `SELECT d.id, d.note AS text FROM gate_decision d JOIN gate_review r ON r.id = d.review_id
     WHERE r.project_id = $1 AND r.stage = $2 AND r.status = 'PASSED' AND d.verdict = 'PASS_WITH_CONDITIONS'
     ORDER BY d.decided_at, d.id`,
    [id, PROJECT_STAGES[PROJECT_STAGES.indexOf(stage) - 1] ?? null],
  );
}

interface NewReview {
  readonly id: string;
  readonly projectId: string;
  readonly stage: ProjectStage;
  readonly by: string;
  readonly at: Date;
  readonly note: string | undefined;
  readonly approvalsNeeded: number;
  readonly ruleFrom: string;
  readonly items: GateReviewView['items'];
}

export async function openReview(tx: Tx, review: NewReview): Promise<void> {
  await tx.query(
    `INSERT INTO gate_review (id, project_id, stage, status, requested_by, requested_at, note, approvals_needed, rule_from, items)
     VALUES ($1, $2, $3, 'OPEN', $4, $5, $6, $7, $8, $9)`,
    [
      review.id,
      review.projectId,
      review.stage,
      review.by,
      review.at,
      review.note ?? null,
      review.approvalsNeeded,
      review.ruleFrom,
      JSON.stringify(review.items),
    ],
  );
}

export async function closeReview(
  tx: Tx,
  id: string,
  status: Exclude<GateReviewView['status'], 'OPEN'>,
): Promise<void> {
  await tx.query('UPDATE gate_review SET status = $2 WHERE id = $1', [id, status]);
}

/** For a project that leaves the way of its gates: approvals that were given are void. */
export async function interruptReview(tx: Tx, { reviewId }: Pick<Project, 'reviewId'>): Promise<void> {
  if (reviewId !== null) await closeReview(tx, reviewId, 'INTERRUPTED');
}
