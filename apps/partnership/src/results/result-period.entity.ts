import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError } from '#contracts';
import { AuditFields } from '#database';
import type { Doing } from './result.entity';

/** What is known of the figures of a period when it is to be locked. */
interface Recorded {
  readonly recordedBy: ReadonlySet<string>;
  readonly hasActual: boolean;
}

/** Days for which figures of a result are recorded: open, then locked for good by somebody who recorded none of them. */
@AuditFields<ResultPeriod>({ open: ['lockedBy'] })
@Entity({ name: 'result_period' })
export class ResultPeriod {
  @PrimaryColumn('uuid') readonly id!: string;
  @Column('int') version!: number;
  @Column('uuid') readonly resultId!: string;
  @Column('date') readonly startsOn!: string;
  /** The first day that is no longer in it. */
  @Column('date') readonly endsOn!: string;
  @Column('text', { nullable: true }) lockedBy!: string | null;
  @Column('timestamptz', { nullable: true }) lockedAt!: Date | null;

  static of(period: Pick<ResultPeriod, 'id' | 'resultId' | 'startsOn' | 'endsOn'>): ResultPeriod {
    return Object.assign(new ResultPeriod(), { ...period, lockedBy: null, lockedAt: null });
  }

  get isLocked(): boolean {
    return this.lockedAt !== null;
  }

  overlaps({ from, to }: { readonly from: string; readonly to: string }): boolean {
    return this.startsOn < to && from < this.endsOn;
  }

  assertOpen(): void {
    if (this.isLocked) throw new AppError('PARTNERSHIP_RESULT_PERIOD_LOCKED', { lockedBy: this.lockedBy });
  }

  assertLocked(): void {
    if (!this.isLocked) throw new AppError('PARTNERSHIP_RESULT_PERIOD_OPEN');
  }

  assertBegun(today: string): void {
    if (this.startsOn > today) throw new AppError('PARTNERSHIP_RESULT_PERIOD_EARLY', { from: this.startsOn, today });
  }

  lock({ recordedBy, hasActual }: Recorded, { by, at, today }: Doing): void {
    this.assertOpen();
    if (this.endsOn > today) throw new AppError('PARTNERSHIP_RESULT_PERIOD_EARLY', { to: this.endsOn, today });
    if (!hasActual) throw new AppError('PARTNERSHIP_RESULT_PERIOD_EMPTY');
    if (recordedBy.has(by)) throw new AppError('PARTNERSHIP_RESULT_LOCKER_IS_AUTHOR');
    Object.assign(this, { lockedBy: by, lockedAt: at });
  }
}
