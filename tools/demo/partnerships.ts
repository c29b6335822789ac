import type { MunicipalityView, PartnershipView } from '#contracts/partnership';
import { keepFile, pageOf } from './agreement-file';
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
  await recordAgreements(api, demo);
  const current = await api.get<PartnershipView>(user('adviser'), `/partnerships/${id}`);
  return api.post<PartnershipView>(
    user('adviser'),
    `/partnerships/${id}/activations`,
    {},
    { ifMatch: current.version },
  );
}

/** What the council resolved and what was signed; an earlier run that was cut off may have recorded either. */
async function recordAgreements(api: ApiClient, demo: DemoCase): Promise<void> {
  const { german, partner } = demo;
  const { kind, since } = demo.partnership;
  const pair = `${german.name} - ${partner.name}`;
  const minutes = { name: 'beschluss.pdf', lines: ['Auszug aus der Niederschrift (Muster)', pair] };
  await record(api, demo, minutes, {
    kind: 'COUNCIL_RESOLUTION',
    signedOn: since,
    reference: 'Vorlage 45 (Muster)',
    council: { body: 'MUNICIPAL_COUNCIL', municipalityId: german.id },
  });
  const signed = { name: 'vereinbarung.pdf', lines: ['Vereinbarung (Muster)', pair] };
  await record(api, demo, signed, {
    kind: kind === 'PROJECT_PARTNERSHIP' ? 'PROJECT_AGREEMENT' : 'CHARTER',
    signedOn: since,
  });
}

async function record(
  api: ApiClient,
  { partnership: { id } }: DemoCase,
  file: { readonly name: string; readonly lines: readonly string[] },
  agreement: object,
): Promise<void> {
  const documentId = await keepFile(api, file.name, pageOf(file.lines));
  try {
    await api.post(user('adviser'), `/partnerships/${id}/agreements`, { ...agreement, documentId });
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
