import { randomUUID } from 'node:crypto';
import type { ExpertRequestView, ExpertView } from '#contracts/staffing';
import type { ApiClient } from './api-client';
import type { DemoCase } from './cases';
import { type DemoUser, user } from './demo-token';
import { short, tell } from './story';

/** A step of a request by somebody, and the request after it. */
function take(
  api: ApiClient,
  request: ExpertRequestView,
  { as, noun, body = {} }: { as: DemoUser; noun: string; body?: unknown },
): Promise<ExpertRequestView> {
  return api.post<ExpertRequestView>(as, `/expert-requests/${request.id}/${noun}`, body, { ifMatch: request.version });
}

/** The joint expression of interest, signed by the German side alone. */
export async function draftRequest(api: ApiClient, demo: DemoCase, numberOfExperts = 1): Promise<ExpertRequestView> {
  const coordinator = user('municipality-de', { municipalityId: demo.german.id });
  const request = await api.post<ExpertRequestView>(coordinator, '/expert-requests', {
    ...demo.request,
    partnershipIds: [demo.partnership.id],
    fieldsOfAction: [{ key: demo.partnership.field, percent: 100 }],
    desiredPeriod: demo.period,
    preferredInstrument: demo.costInputs.instrument,
    placeOfWorkMunicipalityId: demo.partner.id,
    numberOfExperts,
  });
  return take(api, request, { as: coordinator, noun: 'signatures' });
}

/** Both sides sign and submit; it is formally complete, and one of the two reviewers has scored it. */
export async function submitRequest(api: ApiClient, demo: DemoCase, numberOfExperts = 1): Promise<ExpertRequestView> {
  const { german, partner } = demo;
  let request = await draftRequest(api, demo, numberOfExperts);
  const steps = [
    { as: user('municipality-partner', { municipalityId: partner.id }), noun: 'signatures' },
    { as: user('municipality-de', { municipalityId: german.id }), noun: 'submissions' },
  ];
  for (const step of steps) request = await take(api, request, step);
  tell(
    `${german.name} and ${partner.name} sign one request "${demo.request.title}" (${short(request.id)}); eligible today, evidence ${short(request.eligibility[0]?.evaluationId ?? '')}`,
  );
  request = await take(api, request, {
    as: user('programme-officer-2'),
    noun: 'formal-checks',
    body: { outcome: 'PASSED' },
  });
  const scores = (await criteriaOf(api)).map((criterion) => ({ criterion, score: 3 }));
  return take(api, request, { as: user('adviser-2'), noun: 'assessments', body: { scores } });
}

/**
 * From the joint expression of interest to the selection: both sides sign, two reviewers score, another person recommends, and one
 * who did neither records what the panel decided.
 */
export async function selectRequest(api: ApiClient, demo: DemoCase, numberOfExperts = 1): Promise<ExpertRequestView> {
  let request = await submitRequest(api, demo, numberOfExperts);
  const scores = (await criteriaOf(api)).map((criterion, index) => ({ criterion, score: index % 3 === 0 ? 4 : 3 }));
  const recommendation = { outcome: 'RECOMMENDED', instrument: demo.costInputs.instrument };
  const steps = [
    { as: user('adviser'), noun: 'assessments', body: { scores } },
    { as: user('programme-officer'), noun: 'recommendations', body: recommendation },
    { as: user('programme-officer-2'), noun: 'selections', body: { outcome: 'SELECTED' } },
  ];
  for (const step of steps) request = await take(api, request, step);
  tell(
    `two reviewers score it (mean ${request.assessment?.mean ?? '-'}, spread ${request.assessment?.spread ?? '-'}); ${request.instrument ?? ''} ${request.status}`,
  );
  return request;
}

async function criteriaOf(api: ApiClient): Promise<string[]> {
  const criteria = await api.all<{ criterion: string }>(user('adviser'), '/assessment-criteria');
  return criteria.map(({ criterion }) => criterion);
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
