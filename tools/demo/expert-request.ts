import { randomUUID } from 'node:crypto';
import type { ExpertRequestView, ExpertView } from '#contracts/staffing';
import type { ApiClient } from './api-client';
import type { DemoCase } from './cases';
import { type DemoUser, user } from './demo-token';
import { short, tell } from './story';

/**
 * From the joint expression of interest to the selection: both sides sign, two reviewers score, another person recommends, and one
 * who did neither records what the panel decided.
 */
export async function selectRequest(api: ApiClient, demo: DemoCase, numberOfExperts = 1): Promise<ExpertRequestView> {
  const { german, partner } = demo;
  const coordinator = user('municipality-de', { municipalityId: german.id });
  let request = await api.post<ExpertRequestView>(coordinator, '/expert-requests', {
    ...demo.request,
    partnershipIds: [demo.partnership.id],
    fieldsOfAction: [{ key: demo.partnership.field, percent: 100 }],
    desiredPeriod: demo.period,
    preferredInstrument: demo.costInputs.instrument,
    placeOfWorkMunicipalityId: partner.id,
    numberOfExperts,
  });
  const step = async (as: DemoUser, noun: string, body: unknown = {}) => {
    request = await api.post<ExpertRequestView>(as, `/expert-requests/${request.id}/${noun}`, body, {
      ifMatch: request.version,
    });
  };
  await step(coordinator, 'signatures');
  await step(user('municipality-partner', { municipalityId: partner.id }), 'signatures');
  await step(coordinator, 'submissions');
  tell(
    `${german.name} and ${partner.name} sign one request "${demo.request.title}" (${short(request.id)}); eligible today, evidence ${short(request.eligibility[0]?.evaluationId ?? '')}`,
  );
  await step(user('programme-officer-2'), 'formal-checks', { outcome: 'PASSED' });
  const criteria = await api.all<{ criterion: string }>(user('adviser'), '/assessment-criteria');
  await step(user('adviser-2'), 'assessments', { scores: criteria.map(({ criterion }) => ({ criterion, score: 3 })) });
  await step(user('adviser'), 'assessments', {
    scores: criteria.map(({ criterion }, index) => ({ criterion, score: index % 3 === 0 ? 4 : 3 })),
  });
  await step(user('programme-officer'), 'recommendations', {
    outcome: 'RECOMMENDED',
    instrument: demo.costInputs.instrument,
  });
  await step(user('programme-officer-2'), 'selections', { outcome: 'SELECTED' });
  tell(
    `two reviewers score it (mean ${request.assessment?.mean ?? '-'}, spread ${request.assessment?.spread ?? '-'}); ${request.instrument ?? ''} ${request.status}`,
  );
  return request;
}

/** Takes a new person into the pool: an expert has one assignment at a time, so each run brings its own. */
export function recruitExpert(api: ApiClient, demo: DemoCase): Promise<ExpertView> {
  return api.post<ExpertView>(user('recruiter'), '/experts', {
    languages: demo.partnership.languages.map((language) => ({ language, level: 'C1' })),
    fieldsOfAction: [demo.partnership.field],
    qualifications: ['University degree', 'Eight years of professional experience in a municipality'],
    citizenships: [demo.citizenship],
    residenceCountry: demo.residence,
    person: { ...demo.person, email: `${randomUUID()}@example.org` },
  });
}
