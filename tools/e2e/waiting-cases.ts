import type { ProjectGateView, ProjectView } from '#contracts/partnership';
import type { ExpertRequestView } from '#contracts/staffing';
import type { ApiClient } from '../demo/api-client';
import { DEMO_CASES } from '../demo/cases';
import { type DemoUser, user } from '../demo/demo-token';
import { draftRequest } from '../demo/expert-request';

/** Something that waits, who does it, and the act that ends the waiting. */
interface WaitingCase {
  readonly path: string;
  readonly has: DemoUser;
  readonly end: () => Promise<void>;
}

/** A request that was given back to its towns, and is submitted again. */
export async function returnedRequest(api: ApiClient): Promise<WaitingCase> {
  const [demo] = DEMO_CASES;
  if (!demo) throw new Error('the demo has no case');
  const german = user('municipality-de', { municipalityId: demo.german.id });
  let request = await draftRequest(api, demo);
  const path = `/expert-requests/${request.id}`;
  const act = async (by: DemoUser, noun: string, body: object = {}) => {
    request = await api.post<ExpertRequestView>(by, `${path}/${noun}`, body, { ifMatch: request.version });
  };
  await act(user('municipality-partner', { municipalityId: demo.partner.id }), 'signatures');
  await act(german, 'submissions');
  await act(user('programme-officer'), 'formal-checks', { outcome: 'RETURNED', reason: 'Please say what for' });
  return { path, has: german, end: () => act(german, 'submissions') };
}

/** A project before its gate, and sent back. */
export async function projectInReview(api: ApiClient): Promise<WaitingCase> {
  const [demo] = DEMO_CASES;
  const author = user('adviser');
  const has = user('programme-officer');
  let project = await api.post<ProjectView>(author, '/projects', {
    partnershipId: demo?.partnership.id,
    ownerMunicipalityId: demo?.partner.id,
    title: 'Compost',
    summary: 'A plant for the markets',
    sector: 'WASTE',
  });
  const path = `/projects/${project.id}`;
  const act = async (by: DemoUser, noun: string, body: object) => {
    project = await api.post<ProjectView>(by, `${path}/${noun}`, body, { ifMatch: project.version });
  };
  const { missing } = await api.get<ProjectGateView>(author, `${path}/gate`);
  for (const { item } of missing) await act(author, 'evidence', { item, title: item, reference: 'Tab 3' });
  await act(author, 'gate-reviews', {});
  return { path, has, end: () => act(has, 'gate-decisions', { verdict: 'BACK', note: 'Who pays for it?' }) };
}
