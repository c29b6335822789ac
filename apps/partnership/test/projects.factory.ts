import type { RequestInputOf } from '#contracts';
import {
  addFundingSource,
  createProject,
  decideGateReview,
  getProject,
  getProjectGate,
  type ProjectView,
  recordProjectEvidence,
  requestGateReview,
} from '#contracts/partnership';
import { caller, type TestService } from '#testing';
import type { Link } from './partnership.factory';
import { officer } from './partnership.factory';

/** Who writes a project and its evidence, and two who decide on its gates. */
export const author = caller('adviser', { subject: 'author' });
export const firstReviewer = caller('programme-officer', { subject: 'first-reviewer' });
export const secondReviewer = caller('adviser', { subject: 'second-reviewer' });
export const eur = (amount: string) => ({ amount, currency: 'EUR' });

export function newProject(
  partnershipId: string,
  { partner }: Link,
  changes: Partial<RequestInputOf<typeof createProject>> = {},
): RequestInputOf<typeof createProject> {
  return {
    partnershipId,
    ownerMunicipalityId: partner.id,
    title: 'Composting plant',
    summary: 'Compost instead of a landfill.',
    sector: 'WASTE',
    capex: eur('1000000.00'),
    costAccuracyPercent: 15,
    ...changes,
  };
}

export async function propose(app: TestService, request: RequestInputOf<typeof createProject>): Promise<ProjectView> {
  return app.rpc(createProject, request, author);
}

export const projectOf = (app: TestService, projectId: string) => app.rpc(getProject, { projectId }, officer);

/** Records evidence for all that the gate asks for, and funding that covers the investment. */
export async function prepareGate(app: TestService, projectId: string): Promise<ProjectView> {
  const { version: found, funding } = await projectOf(app, projectId);
  let version = found;
  const { missing } = await app.rpc(getProjectGate, { projectId }, officer);
  for (const { item } of missing.filter((each) => !/-funding$|^cost-/.test(each.item))) {
    const request = { projectId, item, title: `Proof of ${item}`, reference: 'File 7/3' };
    ({ version } = await app.rpc(recordProjectEvidence, request, author, { expectedVersion: version }));
  }
  if (missing.some(({ item }) => item.endsWith('-funding')) && funding.signed.amount === '0.00') {
    const request = {
      projectId,
      kind: 'LOAN' as const,
      financier: 'Development bank',
      amount: eur('1000000.00'),
      status: 'SIGNED' as const,
      signedOn: '2026-01-05',
      documentSha256: 'c'.repeat(64),
    };
    await app.rpc(addFundingSource, request, author, { expectedVersion: version });
  }
  return projectOf(app, projectId);
}

export async function putBeforeGate(app: TestService, projectId: string): Promise<ProjectView> {
  const { version } = await prepareGate(app, projectId);
  return app.rpc(requestGateReview, { projectId }, author, { expectedVersion: version });
}

/** Takes it through its gate with as many approvals as it needs. */
export async function passGate(app: TestService, projectId: string): Promise<ProjectView> {
  const found = await projectOf(app, projectId);
  let project = found.status === 'IN_REVIEW' ? found : await putBeforeGate(app, projectId);
  for (const reviewer of [firstReviewer, secondReviewer]) {
    if (project.status !== 'IN_REVIEW') break;
    project = await app.rpc(decideGateReview, { projectId, verdict: 'PASS' }, reviewer, {
      expectedVersion: project.version,
    });
  }
  return project;
}
