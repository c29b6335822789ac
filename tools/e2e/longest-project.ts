import {
  decideGateReview,
  getProjectRubric,
  recordProjectEvidence,
  requestGateReview,
  scoreProject,
} from '#contracts/partnership';
import { caller, type TestFleet } from '#testing';
import { long, sha256 } from './longest-text';

const OFFICER = caller('programme-officer', { subject: 'olga' });

/** One project with evidence, scores, a review and its decision. */
export async function projectBeforeItsGate(fleet: TestFleet, projectId: string): Promise<string> {
  let version = 1;
  const next = () => ({ expectedVersion: version });
  for (const item of ['owner-named', 'plan-link']) {
    const proof = { projectId, item, title: long(200), documentSha256: sha256(), reference: long(500) };
    ({ version } = await fleet.rpc(recordProjectEvidence, proof, OFFICER, next()));
  }
  const { criteria } = await fleet.rpc(getProjectRubric, {}, OFFICER);
  const scores = criteria.map(({ criterion }) => ({ criterion, score: 4, justification: long(1_000) }));
  ({ version } = await fleet.rpc(scoreProject, { projectId, scores }, OFFICER, next()));
  ({ version } = await fleet.rpc(requestGateReview, { projectId, note: long(1_000) }, OFFICER, next()));
  const decision = { projectId, verdict: 'PASS_WITH_CONDITIONS' as const, note: long(1_000) };
  await fleet.rpc(decideGateReview, decision, caller('adviser', { subject: 'anna' }), next());
  return projectId;
}
