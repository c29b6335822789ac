import { Entity } from 'typeorm';
import { AppError, type Period } from '#contracts';
import type { AssignmentNote, AssignmentStatus, PlanPart } from '#contracts/staffing';
import type { EligibilityCheck } from '#contracts/partnership';
import { AuditFields } from '#database';
import {
  type CoverShortfall,
  type FundingRefusal,
  type Interruption,
  NO_CONSENT,
  NO_DECISION,
  nothingYet,
  OPEN_IN_AUDIT,
} from './assignment-columns.entity';
import { AssignmentRequests } from './assignment-requests.entity';
import { correctedDays, refuseDeparture, refusePreparation } from './assignment-days';
import { type ChangeCause, correctionError, DAYS_CORRECTABLE, NEXT, type PartnerOutcome } from './assignment-states';
import { isCleared, NOT_ELIGIBLE, withCheck } from '../eligibility/eligibility-check';
import { type AssignmentPlan, changedParts, type NewAssignment } from './plan-parts';

/**
 * Assignment (Einsatz), docs/domain.md#assignments. Promises that nobody is confirmed whom the employer has not accepted and the
 * fund does not cover, and that cancelling ends before departure. The database refuses an expert above full time on any day.
 */
@AuditFields<Assignment>({ open: OPEN_IN_AUDIT })
@Entity({ name: 'assignment' })
export class Assignment extends AssignmentRequests {
  static plan({ plan, by, at, ...references }: NewAssignment): Assignment {
    const assignment = Object.assign(new Assignment(), references, {
      ...nothingYet(),
      instrument: plan.costInputs.instrument,
      createdBy: by,
      createdAt: at,
    });
    assignment.take(plan);
    return assignment;
  }

  /** The employer accepted a person for a time, a share and a pay: others are another decision. */
  replan(plan: AssignmentPlan, at: Date): void {
    this.assertCanBecome('PLANNED');
    if (plan.costInputs.instrument !== this.instrument) {
      throw new AppError('STAFFING_ASSIGNMENT_INSTRUMENT_MISMATCH', { chosen: this.instrument });
    }
    const changed = changedParts(this.planned, plan);
    if (changed.length > 0) this.askEmployerAgain(changed, at);
    this.status = 'PLANNED';
    this.fundingRefusal = null;
    this.take(plan);
  }

  assertEmployerCorrectable(): void {
    if (!NEXT[this.status].includes('PLANNED')) throw correctionError(this.status);
  }

  /** Another employer decides for itself, and the expert consents, or not, to its seeing the name. */
  correctEmployer(employerMunicipalityId: string): void {
    this.assertEmployerCorrectable();
    this.employerMunicipalityId = employerMunicipalityId;
    Object.assign(this, NO_DECISION, NO_CONSENT);
    this.lapsedDecision = null;
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
    this.lapsedDecision = null;
    if (decision.outcome === 'REJECTED') this.cancel('The employing municipality rejected the expert.');
  }

  assertCanConsent(): void {
    if (this.expertConsentAt) throw new AppError('STAFFING_EXPERT_CONSENT_ALREADY_GIVEN');
    if (NEXT[this.status].length === 0) throw this.transitionError(this.status);
  }

  /** The expert consents that this employer sees the name. */
  giveConsent({ by, at, evidence }: { by: string; at: Date; evidence: string | null }): void {
    this.assertCanConsent();
    this.expertConsentAt = at;
    this.expertConsentBy = by;
    this.expertConsentEvidence = evidence;
  }

  assertCanWithdrawConsent(): void {
    if (!this.expertConsentAt) throw new AppError('STAFFING_EXPERT_CONSENT_MISSING');
  }

  /** Holds from now on; nobody is asked for a reason (DSGVO 7 (3)). */
  withdrawConsent(): void {
    this.assertCanWithdrawConsent();
    Object.assign(this, NO_CONSENT);
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

  /** The fund is asked for those only who are eligible on that day. */
  noteEligibility(check: EligibilityCheck | undefined): void {
    this.eligibilityChecks = withCheck(this.eligibilityChecks, check);
    if (isCleared(check)) return;
    if (this.extensionRequestedTo !== null) this.refuseExtension(NOT_ELIGIBLE);
    else if (!this.refuseChange(this.version + 1, NOT_ELIGIBLE)) this.refuseFunding(NOT_ELIGIBLE);
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
    this.refuseOpenRequest();
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

  /** Notes what the fund lacks for what has happened, or that it lacks nothing. Answers whether that was news. */
  noteCover(told: { commitmentId: string; version: number; shortfall: CoverShortfall | null }): boolean {
    if (told.commitmentId !== this.commitmentId || told.version <= (this.coverVersion ?? 0)) return false;
    this.coverShortfall = told.shortfall;
    this.coverVersion = told.version;
    return true;
  }

  assertCanInterrupt(): void {
    this.refuseOpenRequest();
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
    this.refuseOpenRequest();
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

  private take(plan: AssignmentPlan): void {
    this.fundId = plan.fundId;
    this.periodFrom = plan.period.from;
    this.periodTo = plan.period.to;
    this.fullTimePercent = plan.fullTimePercent;
    this.costInputs = plan.costInputs;
  }

  private get planned(): AssignmentPlan {
    const { fundId, period, fullTimePercent, costInputs } = this;
    return { fundId, period, fullTimePercent, costInputs };
  }

  private askEmployerAgain(changed: PlanPart[], at: Date): void {
    if (this.partnerDecidedAt) {
      const [decidedAt, lapsedAt] = [this.partnerDecidedAt.toISOString(), at.toISOString()];
      this.lapsedDecision = { decidedAt, lapsedAt, changed, version: this.version + 1 };
    } else if (this.lapsedDecision) {
      this.lapsedDecision.changed = [...new Set([...this.lapsedDecision.changed, ...changed])];
    }
    Object.assign(this, NO_DECISION);
  }

  assertCanBecome(next: AssignmentStatus): void {
    if (!NEXT[this.status].includes(next)) throw this.transitionError(next);
  }

  private moveTo(next: AssignmentStatus): void {
    this.assertCanBecome(next);
    this.status = next;
  }
}
