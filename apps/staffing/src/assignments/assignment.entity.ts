import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError, type Period } from '#contracts';
import type { AssignmentChangeReason, AssignmentNote, AssignmentStatus, AssignmentView } from '#contracts/staffing';
import type { CostInputs, Instrument } from '#contracts/finance';
import { AuditFields } from '#database';
import { correctedDays, refuseDeparture, refusePreparation } from './assignment-days';
import { type ChangeCause, correctionError, DAYS_CORRECTABLE, NEXT, type PartnerOutcome } from './assignment-states';

export type FundingRefusal = NonNullable<AssignmentView['fundingRefusal']>;
export type CoverShortfall = NonNullable<AssignmentView['coverShortfall']>;
export type Interruption = AssignmentView['interruptions'][number];

/** What may be planned anew while no money is bound. */
export interface AssignmentPlan {
  readonly fundId: string;
  readonly period: Period;
  readonly fullTimePercent: number;
  readonly costInputs: CostInputs;
}

/**
 * Assignment (Einsatz), docs/domain.md#assignments. Promises that nobody is confirmed whom the employer has not accepted and the
 * fund does not cover, and that cancelling ends before departure. The database refuses an expert above full time on any day.
 */
@AuditFields<Assignment>({
  open: ['status', 'partnershipIds', 'instrument', 'partnerDecision', 'partnerDecidedBy', 'endReason', 'createdBy'],
})
@Entity({ name: 'assignment' })
export class Assignment {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column('text') status!: AssignmentStatus;
  @Column('uuid') expertRequestId!: string;
  @Column('uuid', { array: true }) partnershipIds!: string[];
  @Column('uuid') expertId!: string;
  @Column('uuid') employerMunicipalityId!: string;
  @Column('uuid') fundId!: string;
  @Column('text') instrument!: Instrument;
  @Column('date') periodFrom!: string;
  @Column('date') periodTo!: string;
  @Column('int') fullTimePercent!: number;
  @Column('jsonb') costInputs!: CostInputs;
  @Column('text', { nullable: true }) partnerDecision!: PartnerOutcome | null;
  @Column('timestamptz', { nullable: true }) partnerDecidedAt!: Date | null;
  @Column('text', { nullable: true }) partnerDecidedBy!: string | null;
  @Column('text', { nullable: true }) partnerNote!: string | null;
  @Column('uuid', { nullable: true }) commitmentId!: string | null;
  @Column('jsonb', { nullable: true }) fundingRefusal!: FundingRefusal | null;
  @Column('jsonb', { nullable: true }) coverShortfall!: CoverShortfall | null;
  /** Version of the commitment that told of the cover last. */
  @Column('int', { nullable: true }) coverVersion!: number | null;
  @Column('date', { nullable: true }) preparationStartedOn!: string | null;
  @Column('date', { nullable: true }) departedOn!: string | null;
  @Column('date', { nullable: true }) endedOn!: string | null;
  /** A longer term that the fund is asked for, and the version at which it was asked. */
  @Column('date', { nullable: true }) extensionRequestedTo!: string | null;
  @Column('int', { nullable: true }) extensionVersion!: number | null;
  @Column('date', { nullable: true }) extensionRefusedTo!: string | null;
  @Column('jsonb', { nullable: true }) extensionRefusal!: FundingRefusal | null;
  @Column('jsonb') interruptions!: Interruption[];
  @Column('text', { nullable: true }) endReason!: AssignmentChangeReason | null;
  @Column('boolean', { nullable: true }) isEndAttributable!: boolean | null;
  @Column('text', { nullable: true }) cancellationReason!: string | null;
  @Column('jsonb') notes!: AssignmentNote[];
  /** A payment has gone to the bank: what finance tells. */
  @Column('boolean') hasMoneyMoved!: boolean;
  @Column('text') createdBy!: string;
  @Column('timestamptz') createdAt!: Date;

  static plan(planned: {
    id: string;
    expertRequestId: string;
    partnershipIds: string[];
    expertId: string;
    employerMunicipalityId: string;
    plan: AssignmentPlan;
    by: string;
    at: Date;
  }): Assignment {
    const { plan, by, at, ...references } = planned;
    const assignment = Object.assign(new Assignment(), references, {
      version: 1,
      status: 'PLANNED' as const,
      instrument: plan.costInputs.instrument,
      partnerDecision: null,
      partnerDecidedAt: null,
      partnerDecidedBy: null,
      partnerNote: null,
      commitmentId: null,
      fundingRefusal: null,
      coverShortfall: null,
      coverVersion: null,
      preparationStartedOn: null,
      departedOn: null,
      endedOn: null,
      extensionRequestedTo: null,
      extensionVersion: null,
      extensionRefusedTo: null,
      extensionRefusal: null,
      interruptions: [],
      endReason: null,
      isEndAttributable: null,
      cancellationReason: null,
      notes: [],
      hasMoneyMoved: false,
      createdBy: by,
      createdAt: at,
    });
    assignment.take(plan);
    return assignment;
  }

  /** The employer accepted a person for a time: another time or share of full time is another decision. */
  replan(plan: AssignmentPlan): void {
    this.assertCanBecome('PLANNED');
    if (plan.costInputs.instrument !== this.instrument) {
      throw new AppError('STAFFING_ASSIGNMENT_INSTRUMENT_MISMATCH', { chosen: this.instrument });
    }
    const isSameTime =
      plan.period.from === this.periodFrom &&
      plan.period.to === this.periodTo &&
      plan.fullTimePercent === this.fullTimePercent;
    if (!isSameTime) this.askEmployerAgain();
    this.status = 'PLANNED';
    this.fundingRefusal = null;
    this.take(plan);
  }

  assertEmployerCorrectable(): void {
    if (!NEXT[this.status].includes('PLANNED')) throw correctionError(this.status);
  }

  /** Another employer decides for itself. */
  correctEmployer(employerMunicipalityId: string): void {
    this.assertEmployerCorrectable();
    this.employerMunicipalityId = employerMunicipalityId;
    this.askEmployerAgain();
    this.status = 'PLANNED';
    this.fundingRefusal = null;
  }

  /** From the preparation on, until a payment has gone out on the strength of these days. */
  assertDaysCorrectable(): void {
    if (!DAYS_CORRECTABLE.includes(this.status)) throw correctionError(this.status);
    if (this.hasMoneyMoved) throw new AppError('STAFFING_ASSIGNMENT_MONEY_MOVED');
  }

  correctDays(
    days: { preparationStartedOn: string | undefined; departedOn: string | undefined },
    known: { today: string; monthsMax: number },
  ): void {
    this.assertDaysCorrectable();
    if (days.departedOn !== undefined && this.departedOn === null) throw correctionError(this.status);
    Object.assign(this, correctedDays(this, days, known));
  }

  assertAwaitsDecisionOf(municipalityId: string | undefined): void {
    if (municipalityId !== this.employerMunicipalityId) throw new AppError('STAFFING_PARTNER_DECISION_NOT_BY_EMPLOYER');
    if (this.status !== 'PLANNED') throw this.transitionError('PLANNED');
    if (this.partnerDecision) throw new AppError('STAFFING_PARTNER_DECISION_ALREADY_MADE');
  }

  /** A rejection cancels: the expert is free for others from that moment. */
  recordPartnerDecision(decision: {
    outcome: PartnerOutcome;
    municipalityId: string | undefined;
    by: string;
    at: Date;
    note: string | undefined;
  }): void {
    this.assertAwaitsDecisionOf(decision.municipalityId);
    this.partnerDecision = decision.outcome;
    this.partnerDecidedAt = decision.at;
    this.partnerDecidedBy = decision.by;
    this.partnerNote = decision.note ?? null;
    if (decision.outcome === 'REJECTED') this.cancel('The employing municipality rejected the expert.');
  }

  assertCanRequestFunding(): void {
    this.assertCanBecome('FUNDING_REQUESTED');
    if (this.partnerDecision !== 'ACCEPTED') throw new AppError('STAFFING_PARTNER_DECISION_MISSING');
  }

  requestFunding(): void {
    this.assertCanRequestFunding();
    this.status = 'FUNDING_REQUESTED';
    this.fundingRefusal = null;
  }

  /** The term that holds, or the longer one that the fund is asked for. */
  get period(): Period {
    return { from: this.periodFrom, to: this.extensionRequestedTo ?? this.periodTo };
  }

  get isWaitingForCover(): boolean {
    return this.status === 'FUNDING_REQUESTED';
  }

  confirm(commitmentId: string): void {
    this.moveTo('CONFIRMED');
    this.commitmentId = commitmentId;
  }

  refuseFunding(refusal: FundingRefusal): void {
    this.moveTo('FUNDING_REFUSED');
    this.fundingRefusal = refusal;
  }

  /** At most so many months before the period starts: a rule of the fund. */
  startPreparation(on: string, known: { today: string; monthsMax: number }): void {
    this.assertCanBecome('PREPARATION');
    refusePreparation(this, { on, pointer: '#/startedOn', ...known });
    this.status = 'PREPARATION';
    this.preparationStartedOn = on;
  }

  /** From INTERRUPTED an assignment becomes active again by resuming only. */
  assertCanDepart(): void {
    if (this.status === 'INTERRUPTED') throw this.transitionError('ACTIVE');
    this.assertCanBecome('ACTIVE');
  }

  depart(on: string, today: string): void {
    this.assertCanDepart();
    refuseDeparture(this, { on, pointer: '#/departedOn', today });
    this.status = 'ACTIVE';
    this.departedOn = on;
  }

  assertCanComplete(today: string): void {
    this.refuseOpenExtension();
    this.assertCanBecome('COMPLETED');
    if (today < this.periodTo) {
      throw new AppError('STAFFING_ASSIGNMENT_PERIOD_NOT_OVER', { periodTo: this.periodTo, today });
    }
  }

  /** Ends with its period, all reports accepted; whatever ends before is an early end and another use case. */
  complete({ today, openReports }: { today: string; openReports: readonly string[] }): void {
    this.assertCanComplete(today);
    if (openReports.length > 0) throw new AppError('STAFFING_ASSIGNMENT_REPORTS_OPEN', { reports: openReports });
    this.status = 'COMPLETED';
    this.endedOn = this.periodTo;
  }

  /** What the reports follow; undefined before the departure. */
  timeOfService() {
    const { departedOn, interruptions } = this;
    if (departedOn === null) return undefined;
    return { assignmentId: this.id, departedOn, endsOn: this.endedOn ?? this.periodTo, interruptions };
  }

  assertCanExtend(): void {
    if (this.status !== 'ACTIVE') throw this.transitionError('ACTIVE');
    this.refuseOpenExtension();
  }

  /** The period stays until the fund covers the longer one; the expert is held for it from now on. */
  requestExtension(to: string): void {
    this.assertCanExtend();
    if (to <= this.periodTo) throw this.dayError(to);
    this.extensionRequestedTo = to;
    this.extensionVersion = this.version + 1;
    this.extensionRefusedTo = null;
    this.extensionRefusal = null;
  }

  /** Whether an answer of the fund belongs to the extension that was asked for last and is still open. */
  isWaitingForExtension(requestVersion: number): boolean {
    return this.extensionRequestedTo !== null && this.extensionVersion === requestVersion;
  }

  extend(): void {
    this.periodTo = this.extensionRequestedTo ?? this.periodTo;
    this.extensionRequestedTo = null;
  }

  refuseExtension(refusal: FundingRefusal): void {
    this.extensionRefusedTo = this.extensionRequestedTo;
    this.extensionRequestedTo = null;
    this.extensionRefusal = refusal;
  }

  /** Notes what the fund lacks for what has happened, or that it lacks nothing. Answers whether that was news. */
  noteCover(told: { commitmentId: string; version: number; shortfall: CoverShortfall | null }): boolean {
    if (told.commitmentId !== this.commitmentId || told.version <= (this.coverVersion ?? 0)) return false;
    this.coverShortfall = told.shortfall;
    this.coverVersion = told.version;
    return true;
  }

  assertCanInterrupt(): void {
    this.refuseOpenExtension();
    this.assertCanBecome('INTERRUPTED');
  }

  interrupt(on: string, cause: ChangeCause): void {
    this.assertCanInterrupt();
    const earliest = this.interruptions.at(-1)?.to ?? this.departedOn ?? this.periodFrom;
    if (on < earliest || on >= this.periodTo) throw this.dayError(on);
    this.status = 'INTERRUPTED';
    this.interruptions = [...this.interruptions, { from: on, to: null, ...cause }];
  }

  /** From CONFIRMED an assignment becomes active by its departure only. */
  assertCanResume(): void {
    if (this.status !== 'INTERRUPTED') throw this.transitionError('ACTIVE');
  }

  /** Answers the interruption that ends by it. */
  resume(on: string): Interruption {
    this.assertCanResume();
    const open = this.interruptions.at(-1);
    if (!open || on <= open.from || on >= this.periodTo) throw this.dayError(on);
    const closed = { ...open, to: on };
    this.status = 'ACTIVE';
    this.interruptions = [...this.interruptions.slice(0, -1), closed];
    return closed;
  }

  assertCanEndEarly(): void {
    this.refuseOpenExtension();
    this.assertCanBecome('ENDED_EARLY');
  }

  endEarly(on: string, cause: ChangeCause): void {
    this.assertCanEndEarly();
    const last = this.interruptions.at(-1);
    const served = last?.to ?? last?.from ?? this.departedOn ?? this.periodFrom;
    const isTooEarly = on <= (this.departedOn ?? this.periodFrom) || on < served;
    if (isTooEarly || on >= this.periodTo) throw this.dayError(on);
    this.status = 'ENDED_EARLY';
    this.endedOn = on;
    this.endReason = cause.reason;
    this.isEndAttributable = cause.attributableToExpert;
  }

  /** The reservation ran out before the confirmation reached the fund: no money is bound. */
  loseCover(): void {
    this.refuseFunding({ reason: 'EXPIRED', shortfalls: [] });
    this.commitmentId = null;
  }

  cancel(reason: string): void {
    this.moveTo('CANCELLED');
    this.cancellationReason = reason;
  }

  /** What an officer wrote to an act; most acts have none. */
  addNote({ act, text, by, at }: Omit<AssignmentNote, 'text' | 'at'> & { text: string | undefined; at: Date }): void {
    if (text !== undefined) this.notes = [...this.notes, { act, text, by, at: at.toISOString() }];
  }

  private askEmployerAgain(): void {
    this.partnerDecision = null;
    this.partnerDecidedAt = null;
    this.partnerDecidedBy = null;
    this.partnerNote = null;
  }

  private take(plan: AssignmentPlan): void {
    this.fundId = plan.fundId;
    this.periodFrom = plan.period.from;
    this.periodTo = plan.period.to;
    this.fullTimePercent = plan.fullTimePercent;
    this.costInputs = plan.costInputs;
  }

  private refuseOpenExtension(): void {
    if (this.extensionRequestedTo !== null) throw new AppError('STAFFING_ASSIGNMENT_EXTENSION_PENDING');
  }

  private dayError(day: string): AppError {
    return new AppError('STAFFING_ASSIGNMENT_DAY_NOT_ALLOWED', {
      day,
      departedOn: this.departedOn,
      periodTo: this.periodTo,
    });
  }

  assertCanBecome(next: AssignmentStatus): void {
    if (!NEXT[this.status].includes(next)) throw this.transitionError(next);
  }

  private moveTo(next: AssignmentStatus): void {
    this.assertCanBecome(next);
    this.status = next;
  }

  private transitionError(next: AssignmentStatus): AppError {
    return new AppError('STAFFING_ASSIGNMENT_TRANSITION_NOT_ALLOWED', { from: this.status, to: next });
  }
}
