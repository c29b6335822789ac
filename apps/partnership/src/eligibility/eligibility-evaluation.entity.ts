import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EligibilityView, RuleOutcome } from '#contracts/partnership';
import { AuditFields } from '#database';

/** Evidence of one eligibility check: rules, inputs and verdicts as they were. The database refuses any change. */
@AuditFields<EligibilityEvaluation>({ open: ['evaluatedBy'] })
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
  @Column('text') readonly evaluatedBy!: string;
  @Column('timestamptz') readonly evaluatedAt!: Date;

  static of(view: EligibilityView, { id, by, at }: { id: string; by: string; at: Date }): EligibilityEvaluation {
    return Object.assign(new EligibilityEvaluation(), {
      id,
      partnershipId: view.partnershipId,
      partnershipVersion: view.partnershipVersion,
      evaluatedFor: view.on,
      isEligible: view.isEligible,
      ruleSet: view.ruleSet,
      outcomes: view.rules,
      evaluatedBy: by,
      evaluatedAt: at,
    });
  }
}
