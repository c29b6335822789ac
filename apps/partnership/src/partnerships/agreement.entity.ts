import { Column, Entity, PrimaryColumn } from 'typeorm';
import { AppError, type OpenPeriod } from '#contracts';
import type { AgreementKind, CouncilBody } from '#contracts/partnership';
import { AuditFields } from '#database';

interface SignedDocument {
  readonly id: string;
  readonly partnershipId: string;
  readonly kind: AgreementKind;
  readonly signedOn: string;
  readonly period?: OpenPeriod;
  /** Null for a resolution that is known by its file number alone. */
  readonly documentSha256: string | null;
  readonly reference?: string;
  readonly council?: { readonly body: CouncilBody; readonly municipalityId: string | null };
}

/**
 * A signed document of a partnership, known by the hash of its bytes, or a resolution of a council, known by its file number at least.
 * Signed by today, in force from the signature at the earliest; never changed. Its file stands beside it, as it may come later.
 */
@AuditFields<Agreement>({
  open: ['kind', 'documentSha256', 'reference', 'councilBody', 'councilMunicipalityId', 'recordedBy'],
})
@Entity({ name: 'agreement' })
export class Agreement {
  @PrimaryColumn('uuid') readonly id!: string;
  @Column('int') version!: number;
  @Column('uuid') readonly partnershipId!: string;
  @Column('text') readonly kind!: AgreementKind;
  @Column('date') readonly signedOn!: string;
  @Column('date') readonly validFrom!: string;
  @Column('date', { nullable: true }) readonly validTo!: string | null;
  @Column('char', { length: 64, nullable: true }) readonly documentSha256!: string | null;
  @Column('text', { nullable: true }) readonly reference!: string | null;
  @Column('text', { nullable: true }) readonly councilBody!: CouncilBody | null;
  @Column('uuid', { nullable: true }) readonly councilMunicipalityId!: string | null;
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
      councilBody: document.council?.body ?? null,
      councilMunicipalityId: document.council?.municipalityId ?? null,
      recordedBy: by,
      createdAt: at,
    });
  }
}
