import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError } from '#contracts';
import type { FieldShare, Side } from '#contracts/partnership';
import type { ExpertRequestStatus } from '#contracts/staffing';
import type { Instrument } from '#contracts/finance';
import { AuditFields } from '#database';
import type { Participant } from '../participants.rows';

/**
 * SUBMITTED waits for an officer; FORMAL_CHECK says that one has taken it up. A quick check goes straight on. A returned
 * request is either revised (DRAFT, to be signed again) or submitted as it stands, when only evidence was missing.
 */
const NEXT: Record<ExpertRequestStatus, readonly ExpertRequestStatus[]> = {
  DRAFT: ['SUBMITTED', 'WITHDRAWN'],
  SUBMITTED: ['FORMAL_CHECK', 'RETURNED', 'REJECTED', 'ASSESSMENT', 'WITHDRAWN'],
  FORMAL_CHECK: ['RETURNED', 'REJECTED', 'ASSESSMENT', 'WITHDRAWN'],
  RETURNED: ['DRAFT', 'SUBMITTED', 'WITHDRAWN'],
  REJECTED: [],
  ASSESSMENT: ['RECOMMENDED', 'NOT_RECOMMENDED', 'WITHDRAWN'],
  RECOMMENDED: ['SELECTED', 'WAITLISTED', 'DECLINED', 'WITHDRAWN'],
  NOT_RECOMMENDED: ['DECLINED', 'WITHDRAWN'],
  SELECTED: [],
  WAITLISTED: ['SELECTED', 'DECLINED', 'WITHDRAWN'],
  DECLINED: [],
  WITHDRAWN: [],
};

const STATUS_AFTER_CHECK = {
  STARTED: 'FORMAL_CHECK',
  PASSED: 'ASSESSMENT',
  RETURNED: 'RETURNED',
  REJECTED: 'REJECTED',
} as const satisfies Record<string, ExpertRequestStatus>;

const REVIEWERS_MIN = 2;

export interface Signature {
  readonly partnershipId: string;
  readonly side: Side;
  readonly municipalityId: string;
}

export interface EligibilityEvidence {
  readonly partnershipId: string;
  readonly evaluationId: string;
}

/** What the applicants write. */
export interface ExpertRequestContent {
  partnershipIds: string[];
  title: string;
  situation: string;
  goal: string;
  tasks: string;
  fieldsOfAction: FieldShare[];
  desiredFrom: string;
  desiredTo: string;
  preferredInstrument: Instrument | null;
  placeOfWorkMunicipalityId: string;
  numberOfExperts: number;
}

/**
 * Joint expression of interest (Interessenbekundung), docs/domain.md#expert-requests. Promises that what both sides signed is
 * what is submitted, that eligibility is on record for each partnership, and that two independent reviewers precede a
 * recommendation. Refuses every step that its state does not allow.
 */
@AuditFields<ExpertRequest>({ open: ['status', 'partnershipIds', 'preferredInstrument', 'instrument', 'createdBy'] })
@Entity({ name: 'expert_request' })
export class ExpertRequest implements ExpertRequestContent {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('text') status!: ExpertRequestStatus;
  @Column('uuid', { array: true }) partnershipIds!: string[];
  @Column('text') title!: string;
  @Column('text') situation!: string;
  @Column('text') goal!: string;
  @Column('text') tasks!: string;
  @Column('jsonb') fieldsOfAction!: FieldShare[];
  @Column('date') desiredFrom!: string;
  @Column('date') desiredTo!: string;
  @Column('text', { nullable: true }) preferredInstrument!: Instrument | null;
  @Column('uuid') placeOfWorkMunicipalityId!: string;
  @Column('int') numberOfExperts!: number;
  @Column('jsonb') eligibility!: EligibilityEvidence[];
  @Column('text', { nullable: true }) formalCheckNote!: string | null;
  @Column('text', { nullable: true }) instrument!: Instrument | null;
  @Column('text', { nullable: true }) decisionNote!: string | null;
  @Column('text') createdBy!: string;
  @Column('timestamptz') createdAt!: Date;
  @Column('timestamptz', { nullable: true }) submittedAt!: Date | null;

  static draft(draft: { id: string; by: string; at: Date; content: ExpertRequestContent }): ExpertRequest {
    return Object.assign(new ExpertRequest(), draft.content, {
      id: draft.id,
      version: 1,
      status: 'DRAFT' as const,
      eligibility: [],
      formalCheckNote: null,
      instrument: null,
      decisionNote: null,
      createdBy: draft.by,
      createdAt: draft.at,
      submittedAt: null,
    });
  }

  /** A draft, or a returned request; signatures on a draft forbid it as well. */
  assertCanChange(): void {
    if (this.status !== 'DRAFT' && this.status !== 'RETURNED') throw this.transitionError('DRAFT');
  }

  /** A revision of a returned request makes it a draft again; the service then drops the signatures. */
  change(content: Partial<ExpertRequestContent>, signatures: readonly Signature[]): void {
    this.assertCanChange();
    if (this.status === 'DRAFT') this.refuseWhenSigned(signatures);
    Object.assign(this, content, { status: 'DRAFT' });
  }

  assertCanSign(): void {
    if (this.status !== 'DRAFT') throw this.transitionError('SUBMITTED');
  }

  /** The signatures a municipality gives: one for each partnership in which it takes part on its side. */
  sign(
    signer: { municipalityId: string; side: Side },
    known: { participants: readonly Participant[]; signatures: readonly Signature[] },
  ): Signature[] {
    this.assertCanSign();
    const own = known.participants.filter((participant) => participant.municipalityId === signer.municipalityId);
    const onSide = own.filter((participant) => participant.side === signer.side);
    if (onSide.length === 0) throw new AppError('STAFFING_EXPERT_REQUEST_SIDE_NOT_OWN', { side: signer.side });
    const open = onSide.filter(
      ({ partnershipId }) =>
        !known.signatures.some((given) => given.partnershipId === partnershipId && given.side === signer.side),
    );
    if (open.length === 0) throw new AppError('STAFFING_EXPERT_REQUEST_SIDE_ALREADY_SIGNED', { side: signer.side });
    return open.map(({ partnershipId, municipalityId, side }) => ({ partnershipId, municipalityId, side }));
  }

  submit(submission: { signatures: readonly Signature[]; evidence: EligibilityEvidence[]; at: Date }): void {
    this.assertCanBecome('SUBMITTED');
    const missing = missingSignatures(this.partnershipIds, submission.signatures);
    if (missing.length > 0) throw new AppError('STAFFING_EXPERT_REQUEST_SIGNATURES_MISSING', { missing });
    this.status = 'SUBMITTED';
    this.eligibility = submission.evidence;
    this.submittedAt = submission.at;
  }

  recordFormalCheck(outcome: keyof typeof STATUS_AFTER_CHECK, note: string | undefined): void {
    this.moveTo(STATUS_AFTER_CHECK[outcome]);
    this.formalCheckNote = note ?? this.formalCheckNote;
  }

  /** Scores are taken in ASSESSMENT only. */
  assertCanAssess(): void {
    if (this.status !== 'ASSESSMENT') throw this.transitionError('ASSESSMENT');
  }

  /** Refuses a reviewer who assessed already or who signed. */
  refuseReviewer(reviewer: string, given: { assessedBy: readonly string[]; signedBy: readonly string[] }): void {
    this.assertCanAssess();
    if (given.signedBy.includes(reviewer)) throw new AppError('STAFFING_ASSESSMENT_REVIEWER_SIGNED');
    if (given.assessedBy.includes(reviewer)) throw new AppError('STAFFING_ASSESSMENT_REVIEWER_REPEATED');
  }

  recommend(decision: {
    outcome: 'RECOMMENDED' | 'NOT_RECOMMENDED';
    instrument: Instrument | undefined;
    note: string | undefined;
    assessmentCount: number;
  }): void {
    this.assertCanBecome(decision.outcome);
    if (decision.assessmentCount < REVIEWERS_MIN) {
      throw new AppError('STAFFING_RECOMMENDATION_ASSESSMENTS_MISSING', { assessments: decision.assessmentCount });
    }
    if ((decision.outcome === 'RECOMMENDED') !== (decision.instrument !== undefined)) {
      throw new AppError('STAFFING_RECOMMENDATION_INSTRUMENT_INVALID', { outcome: decision.outcome });
    }
    this.status = decision.outcome;
    this.instrument = decision.instrument ?? null;
    this.decisionNote = decision.note ?? null;
  }

  select(outcome: 'SELECTED' | 'WAITLISTED' | 'DECLINED', note: string | undefined): void {
    this.moveTo(outcome);
    this.decisionNote = note ?? null;
  }

  withdraw(note: string | undefined): void {
    this.moveTo('WITHDRAWN');
    this.decisionNote = note ?? null;
  }

  private refuseWhenSigned(signatures: readonly Signature[]): void {
    if (signatures.length > 0) throw new AppError('STAFFING_EXPERT_REQUEST_ALREADY_SIGNED');
  }

  /** Any of these; which one the request says is decided with it. */
  assertCanBecome(...next: [ExpertRequestStatus, ...ExpertRequestStatus[]]): void {
    if (!next.some((status) => NEXT[this.status].includes(status))) throw this.transitionError(next[0]);
  }

  private moveTo(next: ExpertRequestStatus): void {
    this.assertCanBecome(next);
    this.status = next;
  }

  private transitionError(next: ExpertRequestStatus): AppError {
    return new AppError('STAFFING_EXPERT_REQUEST_TRANSITION_NOT_ALLOWED', { from: this.status, to: next });
  }
}

/** Whether eligibility has to be asked for: any other submission is going to be refused. */
export function isReadyToSubmit(request: {
  status: ExpertRequestStatus;
  partnershipIds: readonly string[];
  signatures: readonly Signature[];
}): boolean {
  return (
    NEXT[request.status].includes('SUBMITTED') &&
    missingSignatures(request.partnershipIds, request.signatures).length === 0
  );
}

function missingSignatures(partnershipIds: readonly string[], signatures: readonly Signature[]): string[] {
  return partnershipIds.flatMap((partnershipId) =>
    (['DE', 'PARTNER'] as const)
      .filter((side) => !signatures.some((given) => given.partnershipId === partnershipId && given.side === side))
      .map((side) => `${partnershipId} ${side}`),
  );
}
