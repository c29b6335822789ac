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
  SELECT a.id, a.version, a.partnership_id, a.kind, a.signed_on, a.valid_from, a.valid_to, a.document_sha256,
    a.reference, a.recorded_by, a.created_at
  FROM agreement a`;
