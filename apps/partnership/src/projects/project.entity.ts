import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError, type Money, type RequestOf, toMinor } from '#contracts';
import {
  type changeProject,
  PROJECT_STAGES,
  type ProjectOrigin,
  type ProjectSector,
  type ProjectStage,
  type ProjectStatus,
} from '#contracts/partnership';
import { AuditFields, bigintColumn } from '#database';

/** What people write on a project. */
export type ProjectContent = Omit<RequestOf<typeof changeProject>, 'projectId'>;

interface Idea extends ProjectContent {
  readonly id: string;
  readonly partnershipId: string;
  readonly origin: ProjectOrigin;
  readonly currency: string;
}

/** Who does something to a project, and when. */
export interface Doing {
  readonly by: string;
  readonly at: Date;
  readonly today: string;
}

/** Still prepared: it may change hands. */
export const OPEN: readonly ProjectStatus[] = ['PREPARING', 'IN_REVIEW', 'ON_HOLD'];

/**
 * A project on its way from the idea to the operation: PREPARING <-> IN_REVIEW at each stage, which it leaves through a gate; ON_HOLD
 * and back; ABANDONED, HANDED_OVER or COMPLETED at the end. Who prepared a gate does not decide on it.
 * Source: docs/domain.md#bankable-projects.
 */
@AuditFields<Project>({
  open: [
    'sector',
    'stage',
    'status',
    'originKind',
    'currency',
    'author',
    'preparedBy',
    'reviewRequestedBy',
    'approvedBy',
  ],
})
@Entity({ name: 'project' })
export class Project {
  @PrimaryColumn('uuid') readonly id!: string;
  @Column('int') version!: number;
  @Column({ type: 'text', update: false }) caseNumber!: string;
  @Column('uuid') readonly partnershipId!: string;
  @Column('uuid') ownerMunicipalityId!: string;
  @Column('text') title!: string;
  @Column('text') summary!: string;
  @Column('text') sector!: ProjectSector;
  @Column('text') stage!: ProjectStage;
  @Column('date') stageSince!: string;
  @Column('text') status!: ProjectStatus;
  @Column('text', { nullable: true }) statusReason!: string | null;
  @Column('text', { nullable: true }) facility!: string | null;
  @Column('text') readonly originKind!: ProjectOrigin['kind'];
  @Column('uuid', { nullable: true }) readonly originId!: string | null;
  @Column('char', { length: 3 }) readonly currency!: string;
  @Column('bigint', { nullable: true, transformer: bigintColumn }) capexMinor!: bigint | null;
  @Column('bigint', { nullable: true, transformer: bigintColumn }) opexPerYearMinor!: bigint | null;
  @Column('int', { nullable: true }) costAccuracyPercent!: number | null;
  @Column('text') readonly author!: string;
  @Column('text', { array: true }) preparedBy!: string[];
  @Column('uuid', { nullable: true }) reviewId!: string | null;
  @Column('text', { nullable: true }) reviewRequestedBy!: string | null;
  @Column('int', { nullable: true }) approvalsNeeded!: number | null;
  @Column('text', { array: true }) approvedBy!: string[];
  @Column('timestamptz') readonly createdAt!: Date;
  @Column('timestamptz') updatedAt!: Date;

  static propose({ id, partnershipId, origin, currency, ...content }: Idea, { by, at, today }: Doing): Project {
    const project = Object.assign(new Project(), {
      id,
      partnershipId,
      stage: 'IDEA' as const,
      stageSince: today,
      status: 'PREPARING' as const,
      statusReason: null,
      facility: null,
      originKind: origin.kind,
      originId: origin.id,
      currency,
      author: by,
      preparedBy: [],
      ...NO_REVIEW,
      createdAt: at,
    });
    project.write(content, at);
    return project;
  }

  /** The currency of all its amounts. */
  minor(money: Money): bigint {
    if (money.currency !== this.currency)
      throw new AppError('PARTNERSHIP_PROJECT_CURRENCY_DIFFERS', { currency: this.currency });
    return toMinor(money).amountMinor;
  }

  change(content: ProjectContent, { by, at }: Doing): void {
    this.assertPreparing();
    this.write(content, at);
    this.addHand(by);
  }

  assertPreparing(): void {
    this.assertIn('PREPARING');
  }

  /** Evidence comes and goes while a gate is prepared, and stays while reviewers look at it. */
  prepare({ by, at }: Doing): void {
    this.assertPreparing();
    this.addHand(by);
    this.updatedAt = at;
  }

  /** Sources of funding are kept up also after a facility has taken over: what it brings in is the effect of the preparation. */
  assertFundingOpen(): void {
    this.assertIn('PREPARING', 'ON_HOLD', 'HANDED_OVER');
  }

  assertOpen(): void {
    this.assertIn(...OPEN);
  }

  requestReview({ reviewId, approvalsNeeded }: { reviewId: string; approvalsNeeded: number }, { by, at }: Doing): void {
    this.assertPreparing();
    Object.assign(this, { status: 'IN_REVIEW', statusReason: null, reviewId, reviewRequestedBy: by, approvalsNeeded });
    this.updatedAt = at;
  }

  assertCanDecide(by: string): void {
    this.assertIn('IN_REVIEW');
    if ([this.author, this.reviewRequestedBy, ...this.preparedBy].includes(by))
      throw new AppError('PARTNERSHIP_PROJECT_REVIEWER_IS_AUTHOR');
    if (this.approvedBy.includes(by)) throw new AppError('PARTNERSHIP_PROJECT_REVIEWER_REPEATED');
  }

  /** Answers whether it was the last approval that is needed. */
  approve({ by, at, today }: Doing): boolean {
    this.assertCanDecide(by);
    this.approvedBy = [...this.approvedBy, by];
    this.updatedAt = at;
    if (this.approvedBy.length < (this.approvalsNeeded ?? 1)) return false;
    const next = nextStage(this.stage);
    this.leaveReview('PREPARING');
    this.preparedBy = [];
    if (next === null) this.status = 'COMPLETED';
    else Object.assign(this, { stage: next, stageSince: today });
    return true;
  }

  sendBack(reason: string, { by, at }: Doing): void {
    this.assertCanDecide(by);
    this.leaveReview('PREPARING');
    this.statusReason = reason;
    this.updatedAt = at;
  }

  assertCanHold(): void {
    this.assertIn('PREPARING', 'IN_REVIEW');
  }

  assertCanResume(): void {
    this.assertIn('ON_HOLD');
  }

  hold(reason: string, at: Date): void {
    this.assertCanHold();
    this.stop('ON_HOLD', reason, at);
  }

  resume(at: Date): void {
    this.assertCanResume();
    Object.assign(this, { status: 'PREPARING', statusReason: null, updatedAt: at });
  }

  abandon(reason: string, at: Date): void {
    this.assertOpen();
    this.stop('ABANDONED', reason, at);
  }

  assertCanHandOver(): void {
    this.assertOpen();
    if (this.stage === 'IDEA') throw this.refusal();
  }

  handOver(facility: string, reason: string, at: Date): void {
    this.assertCanHandOver();
    this.stop('HANDED_OVER', reason, at);
    this.facility = facility;
  }

  /** Its municipality went into another, which carries it on; who reviews a gate goes on with it. */
  passTo(ownerMunicipalityId: string, at: Date): void {
    this.assertOpen();
    this.ownerMunicipalityId = ownerMunicipalityId;
    this.updatedAt = at;
  }

  private stop(status: ProjectStatus, reason: string, at: Date): void {
    this.leaveReview(status);
    this.statusReason = reason;
    this.updatedAt = at;
  }

  private leaveReview(status: ProjectStatus): void {
    Object.assign(this, { status, statusReason: null, ...NO_REVIEW });
  }

  private write({ capex, opexPerYear, ...content }: ProjectContent, at: Date): void {
    const { ownerMunicipalityId, title, summary, sector, costAccuracyPercent } = content;
    Object.assign(this, {
      ownerMunicipalityId,
      title,
      summary,
      sector,
      capexMinor: capex === undefined ? null : this.minor(capex),
      opexPerYearMinor: opexPerYear === undefined ? null : this.minor(opexPerYear),
      costAccuracyPercent: costAccuracyPercent ?? null,
      updatedAt: at,
    });
  }

  private addHand(by: string): void {
    if (!this.preparedBy.includes(by)) this.preparedBy = [...this.preparedBy, by];
  }

  private assertIn(...statuses: readonly ProjectStatus[]): void {
    if (!statuses.includes(this.status)) throw this.refusal();
  }

  private refusal(): AppError {
    return new AppError('PARTNERSHIP_PROJECT_STATE_INVALID', { status: this.status, stage: this.stage });
  }
}

const NO_REVIEW = { reviewId: null, reviewRequestedBy: null, approvalsNeeded: null, approvedBy: [] as string[] };

/** Where the gate of a stage leads; null behind the last one. */
export function nextStage(stage: ProjectStage): ProjectStage | null {
  return PROJECT_STAGES[PROJECT_STAGES.indexOf(stage) + 1] ?? null;
}
