import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError, type OpenPeriod } from '#contracts';
import type { AgreementKind } from '#contracts/partnership';
import { AuditFields } from '#database';

interface SignedDocument {
  readonly id: string;
  readonly partnershipId: string;
  readonly kind: AgreementKind;
  readonly signedOn: string;
  readonly period?: OpenPeriod;
  readonly documentSha256: string;
  readonly reference?: string;
}

/** A signed document of a partnership, known by the hash of its bytes. Signed by today, in force from the signature at the earliest; never changed. */
@AuditFields<Agreement>({ open: ['kind', 'documentSha256', 'reference', 'recordedBy'] })
@Entity({ name: 'agreement' })
export class Agreement {
  @PrimaryColumn('uuid') readonly id!: string;
  @Column('int') version!: number;
  @Column('uuid') readonly partnershipId!: string;
  @Column('text') readonly kind!: AgreementKind;
  @Column('date') readonly signedOn!: string;
  @Column('date') readonly validFrom!: string;
  @Column('date', { nullable: true }) readonly validTo!: string | null;
  @Column('char', { length: 64 }) readonly documentSha256!: string;
  @Column('text', { nullable: true }) readonly reference!: string | null;
  @Column('text') readonly recordedBy!: string;
  @Column('timestamptz') readonly createdAt!: Date;

  static record(document: SignedDocument, { by, at, today }: { by: string; at: Date; today: string }): Agreement {
    const { signedOn, period = { from: signedOn, to: null } } = document;
    if (signedOn > today || period.from < signedOn) {
      throw new AppError('PARTNERSHIP_AGREEMENT_DATE_INVALID', { signedOn, validFrom: period.from, today });
    }
    return Object.assign(new Agreement(), {
      id: document.id,
      partnershipId: document.partnershipId,
      kind: document.kind,
      signedOn,
      validFrom: period.from,
      validTo: period.to,
      documentSha256: document.documentSha256,
      reference: document.reference ?? null,
      recordedBy: by,
      createdAt: at,
    });
  }
}
