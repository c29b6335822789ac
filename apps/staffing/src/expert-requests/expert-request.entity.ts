import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError } from '#contracts';
import type { EligibilityCheck, FieldShare, Side } from '#contracts/partnership';
import { type ExpertRequestStatus, REVIEWERS } from '#contracts/staffing';
import type { Instrument } from '#contracts/finance';
import { AuditFields } from '#database';
import { withCheck } from '../eligibility/eligibility-check';
import type { Participant } from '../participants.rows';
import { openSides, type SideOfPartnership, type SignedAt, waitingSinceAfter } from './waiting.rules';

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

/** Who does something to a request, and when. */
export interface Doing {
  readonly by: string;
  readonly at: Date;
}

export interface Signature extends SideOfPartnership {
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
  numberOfExperts: number | null;
}

/** What was changed in answer to a return: both sides sign it again, and see what they signed before. */
export interface Correction {
  readonly reason: string | null;
  readonly correctedAt: string;
  readonly before: ExpertRequestContent;
}

/**
 * Joint expression of interest (Interessenbekundung), docs/domain.md#expert-requests. Promises that what both sides signed is
 * what is submitted, that eligibility is on record for each partnership, and that two independent reviewers, a third person's
 * recommendation and a fourth one's record of the decision follow each other. Refuses every step that its state does not allow.
 */
@AuditFields<ExpertRequest>({
  open: [
    'status',
    'partnershipIds',
    'invitedPartnershipIds',
    'preferredInstrument',
    'instrument',
    'createdBy',
    'draftedBy',
    'checkedBy',
    'reviewedBy',
    'recommendedBy',
    'selectedBy',
  ],
})
@Entity({ name: 'expert_request' })
export class ExpertRequest implements ExpertRequestContent {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column({ type: 'text', update: false }) caseNumber!: string;
  @Column('text') status!: ExpertRequestStatus;
  @Column('uuid', { array: true }) partnershipIds!: string[];
  /** Named by a municipality that takes no part in them; each joins by its first signature. */
  @Column('uuid', { array: true }) invitedPartnershipIds!: string[];
  @Column('text') title!: string;
  @Column('text') situation!: string;
  @Column('text') goal!: string;
  @Column('text') tasks!: string;
  @Column('jsonb') fieldsOfAction!: FieldShare[];
  @Column('date') desiredFrom!: string;
  @Column('date') desiredTo!: string;
  @Column('text', { nullable: true }) preferredInstrument!: Instrument | null;
  @Column('uuid') placeOfWorkMunicipalityId!: string;
  @Column('int', { nullable: true }) numberOfExperts!: number | null;
  @Column('jsonb') eligibility!: EligibilityEvidence[];
  /** What was found at each step that asked, oldest first. */
  @Column('jsonb') eligibilityChecks!: EligibilityCheck[];
  @Column('text', { nullable: true }) formalCheckNote!: string | null;
  @Column('text', { nullable: true }) formalCheckReason!: string | null;
  @Column('jsonb', { nullable: true }) correction!: Correction | null;
  @Column('text', { nullable: true }) instrument!: Instrument | null;
  @Column('text', { nullable: true }) decisionNote!: string | null;
  @Column('text', { nullable: true }) decisionReason!: string | null;
  @Column('text') createdBy!: string;
  /** Everybody who wrote it or changed it. */
  @Column('text', { array: true }) draftedBy!: string[];
  /** Everybody who checked it formally, in whatever round. */
  @Column('text', { array: true }) checkedBy!: string[];
  /** Kept by the database, too: whoever has an assessment stands here. */
  @Column('text', { array: true }) reviewedBy!: string[];
  @Column('text', { nullable: true }) recommendedBy!: string | null;
  @Column('text', { nullable: true }) selectedBy!: string | null;
  /** Whoever recommended selected as well; docs/adr/0042-selection-by-one-person.md. */
  @Column('boolean') selectedAlone!: boolean;
  /** Since when the earliest of its next acts waits. */
  @Column('timestamptz') waitingSince!: Date;
  @Column('timestamptz') createdAt!: Date;
  @Column('timestamptz', { nullable: true }) submittedAt!: Date | null;

  static draft(draft: { id: string; by: string; at: Date; content: ExpertRequestContent }): ExpertRequest {
    return Object.assign(new ExpertRequest(), draft.content, {
      id: draft.id,
      version: 1,
      status: 'DRAFT' as const,
      invitedPartnershipIds: [],
      eligibility: [],
      eligibilityChecks: [],
      formalCheckNote: null,
      formalCheckReason: null,
      correction: null,
      instrument: null,
      decisionNote: null,
      decisionReason: null,
      createdBy: draft.by,
      draftedBy: [draft.by],
      checkedBy: [],
      reviewedBy: [],
      recommendedBy: null,
      selectedBy: null,
      selectedAlone: false,
      waitingSince: draft.at,
      createdAt: draft.at,
      submittedAt: null,
    });
  }

  get joinedPartnershipIds(): string[] {
    return this.partnershipIds.filter((id) => !this.invitedPartnershipIds.includes(id));
  }

  /** Then everybody concerned sees the scores, and nobody scores any more. */
  get areAllReviewersIn(): boolean {
    return areAllIn(this.reviewedBy);
  }

  /** A draft, or a returned request; signatures on a draft forbid it as well. */
  assertCanChange(): void {
    if (this.status !== 'DRAFT' && this.status !== 'RETURNED') throw this.transitionError('DRAFT');
  }

  /**
   * A revision of a returned request makes it a draft again and keeps how it was; the service then drops the signatures. Without a
   * reason of its own it answers the one for which the request was returned.
   */
  change(
    content: Partial<ExpertRequestContent>,
    { by, at, reason, signatures }: Doing & { reason: string | undefined; signatures: readonly Signature[] },
  ): void {
    this.assertCanChange();
    if (this.status === 'DRAFT') this.refuseWhenSigned(signatures);
    if (this.submittedAt) {
      this.correction = {
        reason: reason ?? this.correction?.reason ?? this.formalCheckReason,
        correctedAt: at.toISOString(),
        before: this.correction?.before ?? contentOf(this),
      };
    }
    this.draftedBy = withPerson(this.draftedBy, by);
    Object.assign(this, content, { status: 'DRAFT', waitingSince: at });
  }

  assertCanSign(): void {
    if (this.status !== 'DRAFT') throw this.transitionError('SUBMITTED');
  }

  /** The signatures a municipality gives: one for each partnership in which it takes part on its side. */
  sign(
    signer: { municipalityId: string; side: Side; at: Date },
    known: { participants: readonly Participant[]; signatures: readonly (Signature & SignedAt)[] },
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
    const given = open.map(({ partnershipId, municipalityId, side }) => ({ partnershipId, municipalityId, side }));
    const { at: signedAt } = signer;
    const all = [...known.signatures, ...given.map((signature) => ({ ...signature, signedAt }))];
    this.waitingSince = waitingSinceAfter(this, all, signedAt);
    this.invitedPartnershipIds = this.invitedPartnershipIds.filter(
      (id) => !open.some(({ partnershipId }) => partnershipId === id),
    );
    return given;
  }

  submit(submission: { signatures: readonly Signature[]; check: EligibilityCheck | undefined; at: Date }): void {
    this.assertCanBecome('SUBMITTED');
    const missing = missingSignatures(this.partnershipIds, submission.signatures);
    if (missing.length > 0) throw new AppError('STAFFING_EXPERT_REQUEST_SIGNATURES_MISSING', { missing });
    this.eligibilityChecks = withCheck(this.eligibilityChecks, submission.check);
    this.eligibility = submission.check?.evaluations ?? [];
    // A version before this one let a partnership sign without joining.
    this.invitedPartnershipIds = [];
    this.moveTo('SUBMITTED', submission.at);
    this.submittedAt = submission.at;
  }

  recordFormalCheck(
    outcome: keyof typeof STATUS_AFTER_CHECK,
    { by, at, note, reason }: Doing & { note?: string | undefined; reason?: string | undefined },
  ): void {
    this.moveTo(STATUS_AFTER_CHECK[outcome], at);
    this.checkedBy = withPerson(this.checkedBy, by);
    this.formalCheckNote = note ?? this.formalCheckNote;
    this.formalCheckReason = reason ?? null;
    // The next correction answers this return, not the one before.
    if (outcome === 'RETURNED') this.correction = null;
  }

  /** Scores are taken in ASSESSMENT only, from those who had no part in the request, and until all are in. */
  assertCanAssess(reviewer: string): void {
    this.assertInAssessment();
    if ([this.createdBy, ...this.draftedBy].includes(reviewer)) {
      throw new AppError('STAFFING_ASSESSMENT_REVIEWER_DRAFTED');
    }
    if (this.checkedBy.includes(reviewer)) throw new AppError('STAFFING_ASSESSMENT_REVIEWER_CHECKED');
    if (this.reviewedBy.includes(reviewer)) throw new AppError('STAFFING_ASSESSMENT_REVIEWER_REPEATED');
    if (this.areAllReviewersIn) throw new AppError('STAFFING_ASSESSMENT_COMPLETE');
  }

  assess({ by, at, signedBy }: Doing & { signedBy: readonly string[] }): void {
    this.assertCanAssess(by);
    if (signedBy.includes(by)) throw new AppError('STAFFING_ASSESSMENT_REVIEWER_SIGNED');
    this.reviewedBy = withPerson(this.reviewedBy, by);
    if (this.areAllReviewersIn) this.waitingSince = at;
  }

  /** The own scores, while another reviewer is still to come: what others have seen stays. */
  assertCanCorrectAssessment(reviewer: string): void {
    this.assertInAssessment();
    if (!this.reviewedBy.includes(reviewer)) throw new AppError('STAFFING_ASSESSMENT_NOT_GIVEN');
    if (this.areAllReviewersIn) throw new AppError('STAFFING_ASSESSMENT_COMPLETE');
  }

  /** Once all reviewers are in, for a person who is none of them. */
  assertCanRecommend(person: string): void {
    this.assertCanBecome('RECOMMENDED', 'NOT_RECOMMENDED');
    if (this.reviewedBy.includes(person)) throw new AppError('STAFFING_RECOMMENDATION_BY_REVIEWER');
    if (!this.areAllReviewersIn) {
      throw new AppError('STAFFING_RECOMMENDATION_ASSESSMENTS_MISSING', { assessments: this.reviewedBy.length });
    }
  }

  recommend(
    decision: Doing & {
      outcome: 'RECOMMENDED' | 'NOT_RECOMMENDED';
      instrument?: Instrument | undefined;
      note?: string | undefined;
    },
  ): void {
    this.assertCanRecommend(decision.by);
    if ((decision.outcome === 'RECOMMENDED') !== (decision.instrument !== undefined)) {
      throw new AppError('STAFFING_RECOMMENDATION_INSTRUMENT_INVALID', { outcome: decision.outcome });
    }
    this.moveTo(decision.outcome, decision.at);
    this.recommendedBy = decision.by;
    this.instrument = decision.instrument ?? null;
    this.decisionNote = decision.note ?? null;
  }

  /** For a person who neither scored nor, unless that is only marked, recommended. */
  assertCanSelect(person: string, byOnePerson: 'refused' | 'marked'): void {
    this.assertCanBecome('SELECTED', 'WAITLISTED', 'DECLINED');
    if (this.reviewedBy.includes(person)) throw new AppError('STAFFING_SELECTION_BY_REVIEWER');
    if (this.recommendedBy === person && byOnePerson === 'refused') throw new AppError('STAFFING_SELECTION_FOUR_EYES');
  }

  select(
    outcome: 'SELECTED' | 'WAITLISTED' | 'DECLINED',
    { by, at, note, reason }: Doing & { note?: string | undefined; reason?: string | undefined },
  ): void {
    this.moveTo(outcome, at);
    this.selectedBy = by;
    this.selectedAlone = this.recommendedBy === by;
    this.decisionNote = note ?? null;
    this.decisionReason = reason ?? null;
  }

  /** A selection rests on what was found that day. */
  noteEligibility(check: EligibilityCheck | undefined): void {
    this.eligibilityChecks = withCheck(this.eligibilityChecks, check);
  }

  /** Applicants may do it as well, so its note is for everybody. */
  withdraw({ at, note }: { at: Date; note?: string | undefined }): void {
    this.moveTo('WITHDRAWN', at);
    this.decisionNote = note ?? null;
    this.decisionReason = note ?? null;
  }

  private assertInAssessment(): void {
    if (this.status !== 'ASSESSMENT') throw this.transitionError('ASSESSMENT');
  }

  private refuseWhenSigned(signatures: readonly Signature[]): void {
    if (signatures.length > 0) throw new AppError('STAFFING_EXPERT_REQUEST_ALREADY_SIGNED');
  }

  /** Any of these; which one the request says is decided with it. */
  assertCanBecome(...next: [ExpertRequestStatus, ...ExpertRequestStatus[]]): void {
    if (!next.some((status) => NEXT[this.status].includes(status))) throw this.transitionError(next[0]);
  }

  private moveTo(next: ExpertRequestStatus, at: Date): void {
    this.assertCanBecome(next);
    this.status = next;
    this.waitingSince = at;
  }

  private transitionError(next: ExpertRequestStatus): AppError {
    return new AppError('STAFFING_EXPERT_REQUEST_TRANSITION_NOT_ALLOWED', { from: this.status, to: next });
  }
}

function mayFollow(status: ExpertRequestStatus, next: ExpertRequestStatus): boolean {
  return NEXT[status].includes(next);
}

/** Whether eligibility has to be asked for: any other submission is going to be refused. */
export function isReadyToSubmit(request: {
  status: ExpertRequestStatus;
  partnershipIds: readonly string[];
  signatures: readonly Signature[];
}): boolean {
  return (
    mayFollow(request.status, 'SUBMITTED') && missingSignatures(request.partnershipIds, request.signatures).length === 0
  );
}

/** Whether as many have scored as have to. */
export function areAllIn(reviewedBy: readonly string[]): boolean {
  return reviewedBy.length >= REVIEWERS;
}

function missingSignatures(partnershipIds: readonly string[], signatures: readonly Signature[]): string[] {
  return openSides(partnershipIds, signatures).map(({ partnershipId, side }) => `${partnershipId} ${side}`);
}

function withPerson(people: readonly string[], person: string): string[] {
  return people.includes(person) ? [...people] : [...people, person];
}

function contentOf(request: ExpertRequestContent): ExpertRequestContent {
  const { partnershipIds, title, situation, goal, tasks, fieldsOfAction, desiredFrom, desiredTo } = request;
  const { preferredInstrument, placeOfWorkMunicipalityId, numberOfExperts } = request;
  const texts = { title, situation, goal, tasks };
  const wish = { fieldsOfAction, desiredFrom, desiredTo, preferredInstrument, placeOfWorkMunicipalityId };
  return { partnershipIds, ...texts, ...wish, numberOfExperts };
}
