import type { AgreementView } from '#contracts/partnership';
import type { Agreement } from './agreement.entity';

export function agreementView(agreement: Agreement): AgreementView {
  const { id, version, partnershipId, kind, signedOn, validFrom, validTo, documentSha256, reference, recordedBy } =
    agreement;
  return {
    id,
    version,
    partnershipId,
    kind,
    signedOn,
    period: { from: validFrom, to: validTo },
    documentSha256,
    reference,
    recordedBy,
    createdAt: agreement.createdAt.toISOString(),
  };
}

/** The columns of an agreement under the names of its properties. */
export const agreementSelect = `
  SELECT a.id, a.version, a.partnership_id AS "partnershipId", a.kind, a.signed_on AS "signedOn", a.valid_from AS "validFrom",
    a.valid_to AS "validTo", a.document_sha256 AS "documentSha256", a.reference, a.recorded_by AS "recordedBy", a.created_at AS "createdAt"
  FROM agreement a`;
