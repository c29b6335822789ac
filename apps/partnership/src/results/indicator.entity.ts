import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError, type LocalizedText, type RequestOf } from '#contracts';
import {
  type addIndicator,
  type Baseline,
  type changeIndicator,
  type IndicatorArithmetic,
  type IndicatorKind,
  type IndicatorView,
  STANDARD_INDICATORS,
  type StandardKey,
} from '#contracts/partnership';
import { AuditFields } from '#database';
import { columnsOf, NO_VALUE, valueOf } from './value-columns';

type NewIndicator = Omit<RequestOf<typeof addIndicator>, 'resultId'>;
type IndicatorContent = Omit<RequestOf<typeof changeIndicator>, 'resultId' | 'indicatorId'>;

/** By what a result is measured. Kind, unit, arithmetic and breakdown never change: its figures are recorded in them. */
@AuditFields<Indicator>({ open: ['kind', 'standard', 'arithmetic', 'sdgTargets'] })
@Entity({ name: 'result_indicator' })
export class Indicator {
  @PrimaryColumn('uuid') readonly id!: string;
  @Column('int') version!: number;
  @Column('uuid') readonly resultId!: string;
  @Column('json') title!: LocalizedText;
  @Column('text') readonly kind!: IndicatorKind;
  @Column('text', { nullable: true }) readonly standard!: StandardKey | null;
  @Column('text', { nullable: true }) readonly unit!: string | null;
  @Column('text', { nullable: true }) readonly arithmetic!: IndicatorArithmetic | null;
  @Column('boolean') isAscending!: boolean;
  @Column('text', { array: true }) sdgTargets!: string[];
  @Column('json') readonly disaggregations!: IndicatorView['disaggregations'];
  @Column('int', { nullable: true }) baselineYear!: number | null;
  @Column('numeric', { nullable: true }) number!: string | null;
  @Column('numeric', { nullable: true }) numerator!: string | null;
  @Column('numeric', { nullable: true }) denominator!: string | null;
  @Column('boolean', { nullable: true }) isMet!: boolean | null;
  @Column('text', { nullable: true }) text!: string | null;
  @Column('timestamptz') readonly createdAt!: Date;

  static of(
    { id, resultId, ...asked }: NewIndicator & { readonly id: string; readonly resultId: string },
    at: Date,
  ): Indicator {
    const { kind, standard, unit, arithmetic, disaggregations, ...content } = asked;
    const indicator = Object.assign(new Indicator(), {
      id,
      resultId,
      kind,
      standard: standard ?? null,
      unit: standard ? (STANDARD_INDICATORS[standard].unit?.en ?? null) : (unit ?? null),
      arithmetic: arithmetic ?? null,
      disaggregations,
      createdAt: at,
    });
    indicator.write(content);
    return indicator;
  }

  get baseline(): Baseline | null {
    return this.baselineYear === null ? null : { year: this.baselineYear, value: valueOf(this.kind, this) };
  }

  /** The baseline stays once figures were judged against it. */
  change(content: IndicatorContent, { isLocked }: { readonly isLocked: boolean }): void {
    const { baseline } = content;
    if (baseline && baseline.value.kind !== this.kind)
      throw new AppError('PARTNERSHIP_RESULT_VALUE_KIND_DIFFERS', { kind: this.kind });
    if (isLocked && JSON.stringify(baseline) !== JSON.stringify(this.baseline))
      throw new AppError('PARTNERSHIP_RESULT_BASELINE_LOCKED');
    this.write(content);
  }

  private write({ title, isAscending, sdgTargets, baseline }: IndicatorContent): void {
    const baselineYear = baseline?.year ?? null;
    Object.assign(this, { title, isAscending, sdgTargets: [...new Set(sdgTargets)], baselineYear });
    Object.assign(this, baseline ? columnsOf(baseline.value) : NO_VALUE);
  }
}
