import type { DocumentMediaType } from '#contracts';
import type { AgreementKind, AgreementView, CouncilBody } from '#contracts/partnership';

export interface AgreementRow {
  readonly id: string;
  readonly version: number;
  readonly partnershipId: string;
  readonly kind: AgreementKind;
  readonly signedOn: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly documentSha256: string | null;
  readonly reference: string | null;
  readonly councilBody: CouncilBody | null;
  readonly councilMunicipalityId: string | null;
  readonly recordedBy: string;
  readonly createdAt: Date;
  readonly file: {
    readonly documentId: string;
    readonly fileName: string;
    readonly mediaType: DocumentMediaType;
    readonly bytes: number;
    readonly addedBy: string;
  } | null;
  readonly addedAt: Date | null;
}

export function agreementView(agreement: AgreementRow): AgreementView {
  const { id, version, partnershipId, kind, signedOn, validFrom, validTo, documentSha256, reference, recordedBy } =
    agreement;
  const { councilBody, councilMunicipalityId, file, addedAt } = agreement;
  return {
    id,
    version,
    partnershipId,
    kind,
    signedOn,
    period: { from: validFrom, to: validTo },
    documentSha256,
    reference,
    council: councilBody && { body: councilBody, municipalityId: councilMunicipalityId },
    file: file && addedAt && { ...file, addedAt: addedAt.toISOString() },
    recordedBy,
    createdAt: agreement.createdAt.toISOString(),
  };
}

/** An agreement under the names of its properties, with its file where it has one. */
export const agreementSelect = `
  SELECT a.id, a.version, a.partnership_id, a.kind, a.signed_on, a.valid_from, a.valid_to, a.reference, a.council_body,
    a.council_municipality_id, a.recorded_by, a.created_at, coalesce(a.document_sha256, d.sha256) AS document_sha256, f.added_at,
    CASE WHEN f.agreement_id IS NOT NULL THEN json_build_object('documentId', d.id, 'fileName', d.file_name, 'mediaType', d.media_type,
      'bytes', d.bytes, 'addedBy', f.added_by) END AS file
  FROM agreement a
  LEFT JOIN agreement_file f ON f.agreement_id = a.id
  LEFT JOIN document d ON d.id = f.document_id`;
