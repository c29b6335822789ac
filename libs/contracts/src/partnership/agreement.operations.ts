import { z } from 'zod';
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

export const AgreementView = z
  .strictObject({
    id: Id,
    version: Version,
    partnershipId: Id,
    kind: AgreementKind,
    signedOn: Day,
    period: OpenPeriod.meta({ description: 'Validity of the agreement, half-open' }),
    documentSha256: Sha256.meta({ description: 'SHA-256 of the signed document, 64 hexadecimal digits' }),
    reference: Written(200).nullable().meta({ description: 'File number or place where the document is kept' }),
    recordedBy: Subject,
    createdAt: Instant,
  })
  .meta({ id: 'AgreementView', description: 'A signed document of a partnership; it is never changed.' });
export type AgreementView = z.infer<typeof AgreementView>;

export const recordAgreement = operation({
  subject: 'rpc.partnership.agreement.record',
  http: {
    method: 'POST',
    path: '/partnerships/{partnershipId}/agreements',
    success: 201,
    location: '/partnerships/{partnershipId}/agreements/{id}',
  },
  summary: 'Record a signed agreement of a partnership',
  request: z.strictObject({
    partnershipId: Id,
    kind: AgreementKind,
    signedOn: Day,
    period: OpenPeriod.optional().meta({ description: 'Open-ended from the day of signature unless stated' }),
    documentSha256: Sha256,
    reference: Line(200).optional(),
  }),
  reply: AgreementView,
  errors: ['PARTNERSHIP_AGREEMENT_DATE_INVALID', 'PARTNERSHIP_AGREEMENT_EXISTS'],
  allow: WRITE_PARTNERSHIPS,
  idempotency: 'optional',
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
