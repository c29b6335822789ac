import { z } from 'zod';
import { documentFile, DocumentMediaType } from '../document';
import { operation } from '../operation';
import { Day, Id, Instant, Line, OpenPeriod, pageOf, pageQuery, Version, Written, Subject, Sha256 } from '../values';
import { READ_PARTNERSHIPS, WRITE_PARTNERSHIPS } from './municipality.operations';

export const AgreementKind = z
  .enum(['CHARTER', 'FRIENDSHIP_AGREEMENT', 'PROJECT_AGREEMENT', 'MEMORANDUM_OF_UNDERSTANDING', 'COUNCIL_RESOLUTION'])
  .meta({
    id: 'AgreementKind',
    description:
      'Partnerschaftsurkunde, Freundschaftsvereinbarung, Projektvereinbarung, Absichtserklärung, Ratsbeschluss',
  });
export type AgreementKind = z.infer<typeof AgreementKind>;

/** Who decides for a municipality: Gemeinderat or Kreistag, or a committee to which it has left the decision (GemO BW § 24, § 39; LKrO BW § 19). */
export const CouncilBody = z
  .enum(['MUNICIPAL_COUNCIL', 'DISTRICT_COUNCIL', 'COMMITTEE', 'OTHER'])
  .meta({ id: 'CouncilBody', description: 'Gemeinde- oder Stadtrat, Kreistag, Ausschuss, anderes Organ' });
export type CouncilBody = z.infer<typeof CouncilBody>;

const Council = z
  .strictObject({
    body: CouncilBody,
    municipalityId: Id.nullable()
      .default(null)
      .meta({ description: 'Whose council, one of those that take part; null where it was not recorded' }),
  })
  .meta({ id: 'Council', description: 'Who passed a resolution.' });

export const AgreementFileView = z
  .strictObject({
    documentId: Id,
    fileName: Written(200),
    mediaType: DocumentMediaType,
    bytes: z.int(),
    addedBy: Subject,
    addedAt: Instant,
  })
  .meta({ id: 'AgreementFileView', description: 'The file of an agreement, as it was given in.' });

export const AgreementView = z
  .strictObject({
    id: Id,
    version: Version,
    partnershipId: Id,
    kind: AgreementKind,
    signedOn: Day,
    period: OpenPeriod.meta({ description: 'Validity of the agreement, half-open' }),
    documentSha256: Sha256.nullable().meta({
      description:
        'SHA-256 of the signed document, 64 hexadecimal digits; null for a resolution known by its file number alone',
    }),
    reference: Written(200).nullable().meta({ description: 'File number or place where the document is kept' }),
    council: Council.nullable().meta({ description: 'For COUNCIL_RESOLUTION: who decided' }),
    file: AgreementFileView.nullable().meta({
      description: 'Null while the document is known by its hash or number alone',
    }),
    recordedBy: Subject,
    createdAt: Instant,
  })
  .meta({
    id: 'AgreementView',
    description:
      'A signed document of a partnership, or a resolution of a council; it is never changed. Its file may come later.',
  });
export type AgreementView = z.infer<typeof AgreementView>;

interface Proof {
  readonly kind: AgreementKind;
  readonly documentId?: string | undefined;
  readonly documentSha256?: string | undefined;
  readonly reference?: string | undefined;
}

/** A resolution is found by its number in the public minutes of its council; an agreement is what was signed. */
function isProven({ kind, documentId, documentSha256, reference }: Proof): boolean {
  if (documentId !== undefined || documentSha256 !== undefined) return true;
  return kind === 'COUNCIL_RESOLUTION' && reference !== undefined;
}

export const recordAgreement = operation({
  subject: 'rpc.partnership.agreement.record',
  http: {
    method: 'POST',
    path: '/partnerships/{partnershipId}/agreements',
    success: 201,
    location: '/partnerships/{partnershipId}/agreements/{id}',
  },
  summary: 'Record a signed agreement of a partnership, or the resolution of a council',
  description:
    'An agreement has its document: a file that was kept before (POST /partnership-documents), or its hash alone. A resolution may also be known by its file number only; it is the will to agree and brings no agreement into force.',
  request: z
    .strictObject({
      partnershipId: Id,
      kind: AgreementKind,
      signedOn: Day.meta({ description: 'For COUNCIL_RESOLUTION: the day of the resolution' }),
      period: OpenPeriod.optional().meta({ description: 'Open-ended from the day of signature unless stated' }),
      documentSha256: Sha256.optional(),
      documentId: Id.optional().meta({ description: 'The document; with documentSha256 it has to be the same' }),
      reference: Line(200).optional(),
      council: Council.optional(),
    })
    .refine(isProven, {
      path: ['documentId'],
      message: 'an agreement has its document, a resolution at least its file number',
    })
    .refine(({ kind, council }) => council === undefined || kind === 'COUNCIL_RESOLUTION', {
      path: ['council'],
      message: 'only a resolution is passed by a council',
    }),
  reply: AgreementView,
  errors: [
    'PARTNERSHIP_AGREEMENT_DATE_INVALID',
    'PARTNERSHIP_AGREEMENT_EXISTS',
    'PARTNERSHIP_AGREEMENT_COUNCIL_FOREIGN',
    'PARTNERSHIP_AGREEMENT_DOCUMENT_DIFFERS',
    'PLATFORM_DOCUMENT_UNKNOWN',
    'PLATFORM_DOCUMENT_IN_USE',
  ],
  allow: WRITE_PARTNERSHIPS,
  idempotency: 'optional',
});

export const addAgreementFile = operation({
  subject: 'rpc.partnership.agreement.add-file',
  http: { method: 'POST', path: '/partnerships/{partnershipId}/agreements/{agreementId}/files' },
  summary: 'Add the file of an agreement that was recorded without it',
  description: 'Once. Where the hash was recorded, it has to be that document.',
  request: z.strictObject({ partnershipId: Id, agreementId: Id, documentId: Id }),
  reply: AgreementView,
  errors: [
    'PARTNERSHIP_AGREEMENT_EXISTS',
    'PARTNERSHIP_AGREEMENT_DOCUMENT_DIFFERS',
    'PARTNERSHIP_AGREEMENT_FILE_EXISTS',
    'PLATFORM_DOCUMENT_UNKNOWN',
    'PLATFORM_DOCUMENT_IN_USE',
  ],
  allow: WRITE_PARTNERSHIPS,
  idempotency: 'optional',
});

export const getAgreementFile = operation({
  subject: 'rpc.partnership.agreement.get-file',
  http: {
    method: 'GET',
    path: '/partnerships/{partnershipId}/agreements/{agreementId}/file',
    file: 'application/octet-stream',
  },
  summary: 'The file of an agreement, byte for byte',
  description: 'With the media type that its bytes have; for whoever may see the partnership.',
  request: z.strictObject({ partnershipId: Id, agreementId: Id, ...documentFile.request }),
  reply: documentFile.reply,
  errors: ['PLATFORM_DOCUMENT_STORE_AWAY'],
  allow: READ_PARTNERSHIPS,
});

export const getAgreement = operation({
  subject: 'rpc.partnership.agreement.get',
  http: { method: 'GET', path: '/partnerships/{partnershipId}/agreements/{agreementId}' },
  summary: 'Read an agreement',
  request: z.strictObject({ partnershipId: Id, agreementId: Id }),
  reply: AgreementView,
  allow: READ_PARTNERSHIPS,
});

export const listAgreements = operation({
  subject: 'rpc.partnership.agreement.list',
  http: { method: 'GET', path: '/partnerships/{partnershipId}/agreements' },
  summary: 'List the agreements of a partnership',
  request: z.strictObject({ ...pageQuery, partnershipId: Id }),
  reply: pageOf(AgreementView),
  allow: READ_PARTNERSHIPS,
});
