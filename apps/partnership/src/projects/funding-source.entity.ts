import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError } from '#contracts';
import { FUNDING_STEPS, type FundingKind, type FundingStatus } from '#contracts/partnership';
import { AuditFields, bigintColumn } from '#database';
import type { Doing } from './project.entity';

/** How certain the money is, and what shows it. */
export interface Certainty {
  readonly status: FundingStatus;
  readonly signedOn?: string | undefined;
  readonly documentSha256?: string | undefined;
  readonly note?: string | undefined;
}

interface NewSource extends Certainty {
  readonly id: string;
  readonly projectId: string;
  readonly kind: FundingKind;
  readonly financier: string;
  readonly amountMinor: bigint;
}

const certain = (status: FundingStatus) => status === 'COMMITTED' || status === 'SIGNED';
const rank = (status: FundingStatus) => (status === 'LOST' ? -1 : FUNDING_STEPS.indexOf(status));

/** From whom a project may get money: IDENTIFIED -> IN_TALKS -> COMMITTED -> SIGNED, or LOST. What becomes less certain says why. */
@AuditFields<FundingSource>({ open: ['kind', 'status', 'changedBy'] })
@Entity({ name: 'funding_source' })
export class FundingSource {
  @PrimaryColumn('uuid') readonly id!: string;
  @Column('int') version!: number;
  @Column('uuid') readonly projectId!: string;
  @Column('text') readonly kind!: FundingKind;
  @Column('text') readonly financier!: string;
  @Column('bigint', { transformer: bigintColumn }) amountMinor!: bigint;
  @Column('text') status!: FundingStatus;
  @Column('date', { nullable: true }) signedOn!: string | null;
  @Column('char', { length: 64, nullable: true }) documentSha256!: string | null;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('text') changedBy!: string;
  @Column('timestamptz') readonly createdAt!: Date;
  @Column('timestamptz') changedAt!: Date;

  static of({ id, projectId, kind, financier, amountMinor, ...certainty }: NewSource, doing: Doing): FundingSource {
    const source = Object.assign(new FundingSource(), {
      id,
      projectId,
      kind,
      financier,
      amountMinor,
      createdAt: doing.at,
    });
    source.become(certainty, doing);
    return source;
  }

  change({ amountMinor, ...certainty }: Certainty & { readonly amountMinor?: bigint }, doing: Doing): void {
    const isSmaller = amountMinor !== undefined && amountMinor < this.amountMinor && certain(this.status);
    const isLess = rank(certainty.status) < rank(this.status) && (certain(this.status) || certainty.status === 'LOST');
    if ((isSmaller || isLess) && certainty.note === undefined)
      throw new AppError('PARTNERSHIP_PROJECT_FUNDING_UNEXPLAINED', { from: this.status, to: certainty.status });
    if (amountMinor !== undefined) this.amountMinor = amountMinor;
    this.become(certainty, doing);
  }

  private become({ status, signedOn, documentSha256, note }: Certainty, { by, at, today }: Doing): void {
    const isProven = signedOn !== undefined && documentSha256 !== undefined && signedOn <= today;
    const wasProven = this.status === 'SIGNED' && signedOn === undefined && documentSha256 === undefined;
    if (status === 'SIGNED' && !isProven && !wasProven)
      throw new AppError('PARTNERSHIP_PROJECT_FUNDING_UNPROVEN', { today });
    if (!wasProven || status !== 'SIGNED') {
      const proof = status === 'SIGNED' ? { signedOn, documentSha256 } : { signedOn: null, documentSha256: null };
      Object.assign(this, proof);
    }
    Object.assign(this, { status, note: note ?? null, changedBy: by, changedAt: at });
  }
}
