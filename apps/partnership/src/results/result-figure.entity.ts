import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { FigureKind, FigurePart } from '#contracts/partnership';
import { AuditFields } from '#database';

/** One version of a target or an observation; never changed, the highest revision counts. */
@AuditFields<ResultFigure>({ open: ['kind', 'recordedBy'] })
@Entity({ name: 'result_figure' })
export class ResultFigure {
  @PrimaryColumn('uuid') readonly id!: string;
  @Column('uuid') readonly resultId!: string;
  @Column('uuid') readonly indicatorId!: string;
  @Column('uuid') readonly periodId!: string;
  @Column('text') readonly kind!: FigureKind;
  @Column('int') readonly revision!: number;
  @Column('numeric', { nullable: true }) readonly number!: string | null;
  @Column('numeric', { nullable: true }) readonly numerator!: string | null;
  @Column('numeric', { nullable: true }) readonly denominator!: string | null;
  @Column('boolean', { nullable: true }) readonly isMet!: boolean | null;
  @Column('text', { nullable: true }) readonly text!: string | null;
  @Column('json') readonly parts!: readonly FigurePart[];
  @Column('text', { nullable: true }) readonly source!: string | null;
  @Column('text', { nullable: true }) readonly comment!: string | null;
  @Column('text', { nullable: true }) readonly reason!: string | null;
  @Column('text') readonly recordedBy!: string;
  @Column('timestamptz') readonly recordedAt!: Date;

  static of(figure: Omit<ResultFigure, never>): ResultFigure {
    return Object.assign(new ResultFigure(), figure);
  }
}
