import type { ProjectGateView, ProjectRubricView, ProjectStage, ProjectView } from '#contracts/partnership';
import type { ApiClient } from './api-client';
import { DEMO_CASES, type DemoCase } from './cases';
import { user } from './demo-token';

interface DemoProject {
  readonly of: DemoCase;
  readonly title: string;
  readonly summary: string;
  readonly sector: string;
  readonly capex?: string;
  readonly accuracy?: number;
  /** How far it has come; there, the first of what its gate asks for is missing. */
  readonly stage: ProjectStage;
  readonly funding: readonly {
    readonly kind: string;
    readonly financier: string;
    readonly amount: string;
    readonly status: string;
  }[];
}

const [moshi, durban, kongoussi] = DEMO_CASES as readonly [DemoCase, DemoCase, DemoCase];

const PROJECTS: readonly DemoProject[] = [
  {
    of: moshi,
    title: 'Composting plant for the markets of Moshi',
    summary:
      'Two thirds of the waste of the markets are organic and fill the landfill. A plant for 40 tonnes a day makes compost of it, which the coffee cooperatives buy.',
    sector: 'WASTE',
    capex: '2400000.00',
    accuracy: 25,
    stage: 'FEASIBILITY',
    funding: [
      { kind: 'GRANT', financier: 'Climate programme of the state', amount: '900000.00', status: 'COMMITTED' },
      { kind: 'LOAN', financier: 'Regional development bank', amount: '1100000.00', status: 'IN_TALKS' },
      { kind: 'OWN', financier: 'Moshi municipality', amount: '150000.00', status: 'IDENTIFIED' },
    ],
  },
  {
    of: durban,
    title: 'Sun on the roofs of fifty schools',
    summary: 'Solar power for fifty schools of eThekwini, paid from what they save.',
    sector: 'ENERGY',
    capex: '6100000.00',
    accuracy: 30,
    stage: 'CONCEPT',
    funding: [{ kind: 'PRIVATE', financier: 'Energy service company', amount: '6100000.00', status: 'IN_TALKS' }],
  },
  {
    of: kongoussi,
    title: 'Boreholes that the commune can keep up',
    summary: 'Thirty boreholes are repaired, and a fee pays for their upkeep.',
    sector: 'WATER',
    stage: 'IDEA',
    funding: [],
  },
];

const AUTHOR = user('adviser');
const REVIEWERS = [user('programme-officer'), user('adviser-2')];

/** Three projects at different stages of their way to the bank, each with the next step open. */
export async function prepareProjects(api: ApiClient): Promise<void> {
  for (const demo of PROJECTS) await prepare(api, demo);
}

async function prepare(api: ApiClient, demo: DemoProject): Promise<void> {
  let project = await api.post<ProjectView>(AUTHOR, '/projects', {
    partnershipId: demo.of.partnership.id,
    ownerMunicipalityId: demo.of.partner.id,
    title: demo.title,
    summary: demo.summary,
    sector: demo.sector,
    ...(demo.capex !== undefined && { capex: eur(demo.capex), costAccuracyPercent: demo.accuracy }),
  });
  const act = async (as: typeof AUTHOR, path: string, body: object) => {
    project = await api.post<ProjectView>(as, `/projects/${project.id}${path}`, body, { ifMatch: project.version });
  };
  for (const { amount, ...source } of demo.funding) {
    await act(AUTHOR, '/funding-sources', { ...source, amount: eur(amount) });
  }
  while (project.stage !== demo.stage) {
    for (const { item, title } of (await gateOf(api, project)).missing)
      await act(AUTHOR, '/evidence', evidence(item, title));
    await act(AUTHOR, '/gate-reviews', {});
    for (const reviewer of REVIEWERS) {
      if (project.status === 'IN_REVIEW') await act(reviewer, '/gate-decisions', { verdict: 'PASS' });
    }
  }
  const [, ...ready] = (await gateOf(api, project)).missing.filter(({ item }) => !item.startsWith('cost-'));
  for (const { item, title } of ready) await act(AUTHOR, '/evidence', evidence(item, title));
  if (demo.funding.length > 0) await act(AUTHOR, '/scorecards', { scores: await scores(api) });
}

function gateOf(api: ApiClient, { id }: ProjectView): Promise<ProjectGateView> {
  return api.get<ProjectGateView>(AUTHOR, `/projects/${id}/gate`);
}

function evidence(item: string, title: ProjectGateView['missing'][number]['title']) {
  return { item, title: title.en ?? item, reference: 'Project file, tab 3' };
}

async function scores(api: ApiClient) {
  const { criteria } = await api.get<ProjectRubricView>(AUTHOR, '/project-rubric');
  return criteria.map(({ criterion }, index) => ({
    criterion,
    score: 1 + (index % 3),
    justification: 'As the study says.',
  }));
}

function eur(amount: string) {
  return { amount, currency: 'EUR' };
}
