import type { MunicipalityView, PartnershipView } from '#contracts/partnership';
import { type ApiClient, ApiProblem } from './api-client';
import type { DemoCase } from './cases';
import { user } from './demo-token';

/** Both municipalities and their active partnership; what is there already stays as it is. */
export async function ensurePartnership(api: ApiClient, demo: DemoCase): Promise<PartnershipView> {
  const { german, partner } = demo;
  await ensure<MunicipalityView>(api, `/municipalities/${german.id}`, { side: 'DE', officialKey: german.ags });
  await ensure<MunicipalityView>(api, `/municipalities/${partner.id}`, {
    side: 'PARTNER',
    names: { official: partner.name },
    country: partner.country,
    kind: partner.kind,
    identifiers: partner.geonames ? [{ scheme: 'geonames', value: partner.geonames }] : [],
  });
  const { id, kind, field, languages, since } = demo.partnership;
  const partnership = await ensure<PartnershipView>(api, `/partnerships/${id}`, {
    kind,
    languages,
    participants: [{ municipalityId: german.id }, { municipalityId: partner.id }],
    fieldsOfAction: [{ key: field, percent: 100 }],
    period: { from: since, to: kind === 'PROJECT_PARTNERSHIP' ? '2035-01-01' : null },
  });
  // Somebody may have ended it since: that is their data, and no reason for the platform not to start.
  if (partnership.status !== 'PROPOSED') return partnership;
  await recordAgreement(api, demo);
  const current = await api.get<PartnershipView>(user('adviser'), `/partnerships/${id}`);
  return api.post<PartnershipView>(
    user('adviser'),
    `/partnerships/${id}/activations`,
    {},
    { ifMatch: current.version },
  );
}

/** An earlier run that was cut off may have recorded it already. */
async function recordAgreement(api: ApiClient, demo: DemoCase): Promise<void> {
  const { german, partner } = demo;
  const { id, kind, since } = demo.partnership;
  const agreement = {
    kind: kind === 'PROJECT_PARTNERSHIP' ? 'PROJECT_AGREEMENT' : 'CHARTER',
    signedOn: since,
    // The demo has no scanned charter; the digest of its title stands in for one.
    documentSha256: Buffer.from(
      await crypto.subtle.digest('SHA-256', Buffer.from(`${german.name} - ${partner.name}`)),
    ).toString('hex'),
  };
  try {
    await api.post(user('adviser'), `/partnerships/${id}/agreements`, agreement);
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.code !== 'PARTNERSHIP_AGREEMENT_EXISTS') throw error;
  }
}

/** `PUT` with `If-None-Match: *` creates once; 412 means that an earlier run did. */
async function ensure<T>(api: ApiClient, path: string, body: unknown): Promise<T> {
  try {
    return (await api.request<T>(user('adviser'), 'PUT', path, { body, ifNoneMatch: '*' })).body;
  } catch (error) {
    if (error instanceof ApiProblem && (error.status === 412 || error.code.endsWith('_EXISTS')))
      return api.get<T>(user('adviser'), path);
    throw error;
  }
}
