import type { EligibilityCheck } from '#contracts/partnership';
import { Column, PrimaryColumn } from 'typeorm';
import type {
  AssignmentChangeReason,
  AssignmentNote,
  AssignmentStatus,
  AssignmentView,
  PlanPart,
  ShareChange,
} from '#contracts/staffing';
import type { CostInputs, Instrument, TermsChange as Terms } from '#contracts/finance';
import type { PartnerOutcome } from './assignment-states';

export type FundingRefusal = NonNullable<AssignmentView['fundingRefusal']>;
export type CoverShortfall = NonNullable<AssignmentView['coverShortfall']>;
export type Interruption = AssignmentView['interruptions'][number];

export type TermsChange = Terms & Pick<ShareChange, 'reason'>;
/** A change that the fund is asked for, and the version at which it was asked. */
type Asked<Change> = Change & { readonly version: number };
type Refused<Change> = Change & { readonly refusal: FundingRefusal };

/** An acceptance of the employer that fell, and the version at which it did. */
export interface LapsedDecision {
  readonly decidedAt: string;
  readonly lapsedAt: string;
  changed: PlanPart[];
  readonly version: number;
}

/** What is stored of an assignment; its rules stand on the `Assignment`. */
export abstract class AssignmentColumns {
  @PrimaryColumn('uuid') id!: string;
  @Column('int') version!: number;
  @Column({ type: 'text', update: false }) caseNumber!: string;
  @Column('text') status!: AssignmentStatus;
  @Column('uuid') expertRequestId!: string;
  @Column('uuid', { array: true }) partnershipIds!: string[];
  @Column('uuid') expertId!: string;
  @Column('uuid') employerMunicipalityId!: string;
  @Column('uuid') fundId!: string;
  @Column('text') instrument!: Instrument;
  @Column('date') periodFrom!: string;
  @Column('date') periodTo!: string;
  /** From the first day on; `shareChanges` say what the fund granted since. */
  @Column('int') fullTimePercent!: number;
  @Column('jsonb') shareChanges!: ShareChange[];
  @Column('jsonb', { nullable: true }) shareRequest!: Asked<ShareChange> | null;
  @Column('jsonb', { nullable: true }) shareRefusal!: Refused<ShareChange> | null;
  /** From the first day on; `termsChanges` say what the fund granted since. */
  @Column('jsonb') costInputs!: CostInputs;
  @Column('jsonb') termsChanges!: TermsChange[];
  @Column('jsonb', { nullable: true }) termsRequest!: Asked<TermsChange> | null;
  @Column('jsonb', { nullable: true }) termsRefusal!: Refused<TermsChange> | null;
  @Column('text', { nullable: true }) partnerDecision!: PartnerOutcome | null;
  @Column('timestamptz', { nullable: true }) partnerDecidedAt!: Date | null;
  @Column('text', { nullable: true }) partnerDecidedBy!: string | null;
  @Column('text', { nullable: true }) partnerNote!: string | null;
  @Column('jsonb', { nullable: true }) lapsedDecision!: LapsedDecision | null;
  @Column('timestamptz', { nullable: true }) expertConsentAt!: Date | null;
  @Column('text', { nullable: true }) expertConsentBy!: string | null;
  @Column('text', { nullable: true }) expertConsentEvidence!: string | null;
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
  /** What was found when it was planned and each time the fund was to be asked, oldest first. */
  @Column('jsonb') eligibilityChecks!: EligibilityCheck[];
  @Column('jsonb') notes!: AssignmentNote[];
  /** A payment has gone to the bank: what finance tells. */
  @Column('boolean') hasMoneyMoved!: boolean;
  @Column('text') createdBy!: string;
  @Column('timestamptz') createdAt!: Date;
}

/** Texts and documents that the audit trail keeps in clear. */
export const OPEN_IN_AUDIT = [
  'status',
  'partnershipIds',
  'instrument',
  'partnerDecision',
  'partnerDecidedBy',
  'lapsedDecision',
  'expertConsentBy',
  'shareChanges',
  'shareRequest',
  'endReason',
  'createdBy',
] satisfies (keyof AssignmentColumns)[];

/** Without a decision of the employer. */
export const NO_DECISION = {
  partnerDecision: null,
  partnerDecidedAt: null,
  partnerDecidedBy: null,
  partnerNote: null,
} satisfies Partial<AssignmentColumns>;

/** Without the expert's consent that the employer sees the name. */
export const NO_CONSENT = {
  expertConsentAt: null,
  expertConsentBy: null,
  expertConsentEvidence: null,
} satisfies Partial<AssignmentColumns>;

/** What has not happened to an assignment that was just planned. */
export function nothingYet() {
  return {
    version: 1,
    status: 'PLANNED' as const,
    ...NO_DECISION,
    ...NO_CONSENT,
    lapsedDecision: null,
    shareChanges: [],
    shareRequest: null,
    shareRefusal: null,
    termsChanges: [],
    termsRequest: null,
    termsRefusal: null,
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
    eligibilityChecks: [],
    notes: [],
    hasMoneyMoved: false,
  } satisfies Partial<AssignmentColumns>;
}
