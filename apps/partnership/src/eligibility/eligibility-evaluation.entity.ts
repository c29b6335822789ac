import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EligibilityStep, EligibilityView, RuleOutcome } from '#contracts/partnership';
import { AuditFields } from '#database';

/** What is stored besides the answer. */
export interface Evidence {
  readonly id: string;
  readonly by: string;
  readonly at: Date;
  readonly step?: EligibilityStep;
  /** Why a step is taken although a rule is not met. */
  readonly override?: { readonly reason: string; readonly reference?: string | undefined } | undefined;
}

/** Evidence of one eligibility check: rules, inputs and verdicts as they were. The database refuses any change. */
@AuditFields<EligibilityEvaluation>({ open: ['step', 'evaluatedBy', 'overriddenBy'] })
@Entity({ name: 'eligibility_evaluation' })
export class EligibilityEvaluation {
  @PrimaryColumn('uuid') readonly id!: string;
  @Column('int') version!: number;
  @Column('uuid') readonly partnershipId!: string;
  @Column('int') readonly partnershipVersion!: number;
  @Column('date') readonly evaluatedFor!: string;
  @Column('boolean') readonly isEligible!: boolean;
  @Column('json') readonly ruleSet!: EligibilityView['ruleSet'];
  @Column('json') readonly outcomes!: RuleOutcome[];
  @Column('text', { nullable: true }) readonly step!: EligibilityStep | null;
  /** Who went on although a rule was not met, and why. */
  @Column('text', { nullable: true }) readonly overriddenBy!: string | null;
  @Column('text', { nullable: true }) readonly overrideReason!: string | null;
  @Column('text', { nullable: true }) readonly overrideReference!: string | null;
  @Column('text') readonly evaluatedBy!: string;
  @Column('timestamptz') readonly evaluatedAt!: Date;

  /** An override counts where a rule is not met, and is not kept elsewhere. */
  static of(view: EligibilityView, { id, by, at, step, override }: Evidence): EligibilityEvaluation {
    const overriding = view.isEligible ? undefined : override;
    return Object.assign(new EligibilityEvaluation(), {
      id,
      partnershipId: view.partnershipId,
      partnershipVersion: view.partnershipVersion,
      evaluatedFor: view.on,
      isEligible: view.isEligible,
      ruleSet: view.ruleSet,
      outcomes: view.rules,
      step: step ?? null,
      overriddenBy: overriding ? by : null,
      overrideReason: overriding?.reason ?? null,
      overrideReference: overriding?.reference ?? null,
      evaluatedBy: by,
      evaluatedAt: at,
    });
  }
}
