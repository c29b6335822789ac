import assert from 'node:assert/strict';
import { Injectable } from '@nestjs/common';
import { AppError, type Page, type RequestOf } from '#contracts';
import {
  decideGateReview,
  EVIDENCE_PER_STAGE_MAX,
  type GateReviewView,
  getProjectGate,
  listGateReviews,
  listProjectEvidence,
  type ProjectEvidenceView,
  type ProjectGateView,
  type ProjectView,
  recordProjectEvidence,
  requestGateReview,
  withdrawProjectEvidence,
} from '#contracts/partnership';
import { Database, type Queries, refuseForeign, type Tx } from '#database';
import type { Act } from '#messaging';
import { type Call, Clock, Handle, newId } from '#platform';
import { readRules } from '#rules';
import { gateItems, missingOf } from './checklist';
import {
  closeReview,
  conditionsOf,
  evidenceBefore,
  evidenceSelect,
  gateReviewSelect,
  openReview,
} from './gate-review.rows';
import { act, PROJECT_OWNERSHIP } from './project.act';
import { type Doing, nextStage, Project } from './project.entity';
import { ProjectReader } from './project.reader';
import { PROJECT_CHECKLIST, PROJECT_REVIEW, sectorKey } from './project-rules';

/** The gates that projects leave their stages through: evidence, review, and the decision of somebody who did not prepare it. */
@Injectable()
export class GateService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly reader: ProjectReader,
  ) {}

  @Handle(getProjectGate)
  async gate({ projectId }: RequestOf<typeof getProjectGate>, call: Call): Promise<ProjectGateView> {
    await refuseForeign(this.database, call, { ownership: PROJECT_OWNERSHIP, id: projectId });
    return this.gateOf(this.database, await this.database.findOrFail(Project, projectId));
  }

  @act(recordProjectEvidence, { possible: (project) => project.assertPreparing() })
  async record(project: Project, request: RequestOf<typeof recordProjectEvidence>, { tx, call }: Act): Promise<void> {
    const { items } = await this.gateOf(tx, project);
    const provable = items.filter(({ proof }) => proof !== 'FIGURES').map(({ item }) => item);
    if (!provable.includes(request.item)) {
      throw new AppError('PARTNERSHIP_PROJECT_ITEM_UNKNOWN', {
        item: request.item,
        stage: project.stage,
        items: provable,
      });
    }
    await assertRoom(tx, project);
    const doing = this.doing(call);
    const id = newId();
    await tx.query(
      `INSERT INTO project_evidence (id, project_id, stage, item, title, document_sha256, reference, recorded_by, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        id,
        project.id,
        project.stage,
        request.item,
        request.title,
        request.documentSha256 ?? null,
        request.reference ?? null,
        doing.by,
        doing.at,
      ],
    );
    tx.noteChange({ object: 'project_evidence', id, isNew: true });
    project.prepare(doing);
  }

  @act(withdrawProjectEvidence, { possible: (project) => project.assertPreparing() })
  async withdraw(
    project: Project,
    request: RequestOf<typeof withdrawProjectEvidence>,
    { tx, call }: Act,
  ): Promise<void> {
    const [found] = await tx.query<{ stage: string }>(
      'SELECT stage FROM project_evidence WHERE id = $1 AND project_id = $2',
      [request.evidenceId, project.id],
    );
    if (!found) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    // What a gate was passed with stays what it was passed with.
    if (found.stage !== project.stage) {
      throw new AppError('PARTNERSHIP_PROJECT_STATE_INVALID', { status: project.status, stage: project.stage });
    }
    const doing = this.doing(call);
    await tx.query(
      `INSERT INTO project_evidence_withdrawal (evidence_id, withdrawn_by, withdrawn_at, reason) VALUES ($1, $2, $3, $4)`,
      [request.evidenceId, doing.by, doing.at, request.reason],
    );
    project.prepare(doing);
  }

  @Handle(listProjectEvidence)
  async evidence(request: RequestOf<typeof listProjectEvidence>, call: Call): Promise<Page<ProjectEvidenceView>> {
    await this.assertVisible(request.projectId, call);
    const { projectId, limit, cursor } = request;
    return this.database.page<ProjectEvidenceView>({
      select: evidenceSelect,
      where: ['e.project_id = $1'],
      parameters: [projectId],
      sort: [{ key: 'recordedAt', column: 'e.recorded_at', type: 'timestamptz', descending: true }],
      idColumn: 'e.id',
      limit,
      cursor,
      filterHash: { list: 'project-evidence', projectId },
    });
  }

  @act(requestGateReview, { possible: (project) => project.assertPreparing() })
  async request(project: Project, { note }: RequestOf<typeof requestGateReview>, { tx, call }: Act): Promise<void> {
    const { items, missing, approvalsNeeded, ruleFrom, stage } = await this.gateOf(tx, project);
    if (missing.length > 0)
      throw new AppError('PARTNERSHIP_PROJECT_GATE_INCOMPLETE', { stage, missing: missing.map(({ item }) => item) });
    const doing = this.doing(call);
    const id = newId();
    await openReview(tx, {
      ...doing,
      id,
      projectId: project.id,
      stage,
      note,
      approvalsNeeded,
      ruleFrom,
      items: items.map(({ item, title, requirement, isMet }) => ({ item, title, requirement, isMet })),
    });
    project.requestReview({ reviewId: id, approvalsNeeded }, doing);
  }

  @act(decideGateReview, { possible: (project, { caller }) => project.assertCanDecide(caller.subject) })
  async decide(project: Project, request: RequestOf<typeof decideGateReview>, { tx, call }: Act): Promise<void> {
    const { reviewId } = project;
    assert(reviewId, 'a project in review has none');
    const { verdict, note } = request;
    const doing = this.doing(call);
    await tx.query(
      'INSERT INTO gate_decision (id, review_id, reviewer, verdict, note, decided_at) VALUES ($1, $2, $3, $4, $5, $6)',
      [newId(), reviewId, doing.by, verdict, note ?? null, doing.at],
    );
    if (verdict === 'BACK') {
      project.sendBack(note ?? '', doing);
      await closeReview(tx, reviewId, 'RETURNED');
      return;
    }
    if (!project.approve(doing)) return;
    await closeReview(tx, reviewId, 'PASSED');
    if (project.status === 'COMPLETED') return;
    await tx.query('INSERT INTO project_stage_change (project_id, stage, entered_on) VALUES ($1, $2, $3)', [
      project.id,
      project.stage,
      project.stageSince,
    ]);
  }

  @Handle(listGateReviews)
  async reviews(request: RequestOf<typeof listGateReviews>, call: Call): Promise<Page<GateReviewView>> {
    await this.assertVisible(request.projectId, call);
    const { projectId, limit, cursor } = request;
    return this.database.page<GateReviewView>({
      select: gateReviewSelect,
      where: ['r.project_id = $1'],
      parameters: [projectId],
      sort: [{ key: 'requestedAt', column: 'r.requested_at', type: 'timestamptz', descending: true }],
      idColumn: 'r.id',
      limit,
      cursor,
      filterHash: { list: 'gate-reviews', projectId },
    });
  }

  view({ id }: Project, { tx }: Act): Promise<ProjectView> {
    return this.reader.told(tx, id);
  }

  private async gateOf(source: Queries, project: Project): Promise<ProjectGateView> {
    const { stage, sector, capexMinor, costAccuracyPercent } = project;
    const checklists = await readRules(source, PROJECT_CHECKLIST);
    const reviews = await readRules(source, PROJECT_REVIEW);
    const conditions = await conditionsOf(source, project);
    const evidence = await evidenceBefore(source, project);
    const figures = await figuresOf(source, project);
    const today = this.clock.today();
    const checklist = checklists.inForceOn(today);
    const required = [...checklist.value(stage), ...(checklist.valueIfAny(sectorKey(stage, sector)) ?? [])];
    const items = gateItems({
      required,
      conditions,
      evidence,
      figures: { capexMinor, costAccuracyPercent, ...figures },
    });
    const { validFrom: ruleFrom, source: its } = checklist.row(stage);
    const approvals = new Map(reviews.inForceOn(today).value('approvals'));
    return {
      stage,
      next: nextStage(stage),
      items,
      evidence,
      missing: missingOf(items),
      approvalsNeeded: approvals.get(stage) ?? 1,
      ruleFrom,
      source: its,
    };
  }

  private async assertVisible(projectId: string, call: Call): Promise<void> {
    await refuseForeign(this.database, call, { ownership: PROJECT_OWNERSHIP, id: projectId });
    // An own scope would have found none; any scope has not asked yet.
    if (call.scope === 'any') await this.database.findOrFail(Project, projectId);
  }

  private doing({ caller }: Call): Doing {
    return { by: caller.subject, at: this.clock.now(), today: this.clock.today() };
  }
}

async function figuresOf(source: Queries, { id }: Project): Promise<{ committedMinor: bigint; signedMinor: bigint }> {
  const [row] = await source.query<{ committedMinor: bigint; signedMinor: bigint }>(
    `SELECT coalesce(sum(amount_minor) FILTER (WHERE status = 'COMMITTED'), 0)::bigint AS committed_minor,
       coalesce(sum(amount_minor) FILTER (WHERE status = 'SIGNED'), 0)::bigint AS signed_minor
     FROM funding_source WHERE project_id = $1`,
    [id],
  );
  return row ?? { committedMinor: 0n, signedMinor: 0n };
}

async function assertRoom(tx: Tx, { id, stage }: Project): Promise<void> {
  const [row] = await tx.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM project_evidence WHERE project_id = $1 AND stage = $2',
    [id, stage],
  );
  if ((row?.count ?? 0) >= EVIDENCE_PER_STAGE_MAX) throw new AppError('PARTNERSHIP_PROJECT_EVIDENCE_FULL', { stage });
}
