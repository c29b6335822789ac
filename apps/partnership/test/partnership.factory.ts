import type { RequestInputOf } from '#contracts';
import {
  activatePartnership,
  createMunicipality,
  createPartnership,
  type MunicipalityView,
  type PartnershipView,
  recordAgreement,
} from '#contracts/partnership';
import { caller, startTestService, type TestService } from '#testing';
import { FixedClock } from '#platform';
import { partnershipDataSource } from '../src/data-source';
import { PartnershipModule } from '../src/partnership.module';

export const officer = caller('programme-officer');
export const auditor = caller('auditor');
/** A day inside the phase Fachkräftefonds. */
export const TODAY = '2026-11-27';

export function startPartnership(environment: Readonly<Record<string, string>> = {}): Promise<TestService> {
  return startTestService({
    module: PartnershipModule,
    dataSource: partnershipDataSource,
    clock: new FixedClock(`${TODAY}T12:00:00Z`),
    environment,
  });
}

type NewMunicipality = RequestInputOf<typeof createMunicipality>;

export function recordGerman(app: TestService, officialKey = '08416041'): Promise<MunicipalityView> {
  return app.rpc(createMunicipality, { side: 'DE', officialKey }, officer);
}

export function recordPartner(app: TestService, changes: Partial<NewMunicipality> = {}): Promise<MunicipalityView> {
  const moshi = { side: 'PARTNER', names: { official: 'Moshi' }, country: 'TZ', kind: 'CITY' } as const;
  // Many tests record the same town.
  return app.rpc(createMunicipality, { ...moshi, duplicateReason: 'a test of its own', ...changes }, officer);
}

type NewPartnership = RequestInputOf<typeof createPartnership>;

export interface Link {
  readonly german: MunicipalityView;
  readonly partner: MunicipalityView;
}

export function newPartnership({ german, partner }: Link, changes: Partial<NewPartnership> = {}): NewPartnership {
  return {
    kind: 'PARTNERSHIP',
    participants: [{ municipalityId: german.id }, { municipalityId: partner.id }],
    languages: ['en', 'sw'],
    fieldsOfAction: [
      { key: 'waste_management', percent: 60 },
      { key: 'health', percent: 40 },
    ],
    period: { from: '2014-01-01', to: null },
    // One link serves many tests.
    duplicateReason: 'a test of its own',
    ...changes,
  };
}

export async function propose(
  app: TestService,
  link: Link,
  changes: Partial<NewPartnership> = {},
): Promise<PartnershipView> {
  return app.rpc(createPartnership, newPartnership(link, changes), officer);
}

export function charter(partnershipId: string): RequestInputOf<typeof recordAgreement> {
  return {
    partnershipId,
    kind: 'CHARTER',
    signedOn: '2014-05-01',
    documentSha256: 'a'.repeat(64),
    reference: 'Az. 022.34',
  };
}

/** Proposed, with a charter, and active since 2014-05-01. */
export async function activate(
  app: TestService,
  link: Link,
  changes: Partial<NewPartnership> = {},
): Promise<PartnershipView> {
  const { id, version } = await propose(app, link, changes);
  await app.rpc(recordAgreement, charter(id), officer);
  return app.rpc(activatePartnership, { partnershipId: id, on: '2014-05-01' }, officer, { expectedVersion: version });
}
