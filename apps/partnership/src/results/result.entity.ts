import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError, type LocalizedText, type RequestOf } from '#contracts';
import type { changeResult, ResultStatus, ResultType } from '#contracts/partnership';
import { AuditFields } from '#database';

/** What people write on a result. */
type ResultContent = Omit<RequestOf<typeof changeResult>, 'resultId'>;

/** Who does something to a result, and when. */
export interface Doing {
  readonly by: string;
  readonly at: Date;
  readonly today: string;
}

/**
 * What partnerships, projects or assignments work for. CURRENT -> WITHDRAWN, which is the end: it was recorded by mistake and counts in no
 * total. Source: docs/domain.md#results.
 */
@AuditFields<Result>({ open: ['type', 'status', 'author'] })
@Entity({ name: 'result' })
export class Result {
  @PrimaryColumn('uuid') readonly id!: string;
  @Column('int') version!: number;
  @Column('text') type!: ResultType;
  @Column('json') title!: LocalizedText;
  @Column('text') description!: string;
  @Column('text') status!: ResultStatus;
  @Column('text', { nullable: true }) statusReason!: string | null;
  @Column('text') readonly author!: string;
  @Column('timestamptz') readonly createdAt!: Date;
  @Column('timestamptz') updatedAt!: Date;

  static record({ id, ...content }: ResultContent & { readonly id: string }, { by, at }: Doing): Result {
    const result = Object.assign(new Result(), {
      id,
      status: 'CURRENT' as const,
      statusReason: null,
      author: by,
      createdAt: at,
    });
    result.write(content, at);
    return result;
  }

  assertCurrent(): void {
    if (this.status !== 'CURRENT') throw new AppError('PARTNERSHIP_RESULT_WITHDRAWN');
  }

  change(content: ResultContent, at: Date): void {
    this.assertCurrent();
    this.write(content, at);
  }

  /** Something below it was recorded. */
  touch(at: Date): void {
    this.assertCurrent();
    this.updatedAt = at;
  }

  withdraw(reason: string, at: Date): void {
    this.assertCurrent();
    Object.assign(this, { status: 'WITHDRAWN', statusReason: reason, updatedAt: at });
  }

  private write({ type, title, description }: ResultContent, at: Date): void {
    Object.assign(this, { type, title, description, updatedAt: at });
  }
}
