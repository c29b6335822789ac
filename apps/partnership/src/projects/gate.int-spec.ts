import {
  changeProject,
  decideGateReview,
  getProjectGate,
  listGateReviews,
  listProjectEvidence,
  PROJECT_STAGES,
  recordProjectEvidence,
  requestGateReview,
  withdrawProjectEvidence,
} from '#contracts/partnership';
import { newId } from '#platform';
import { caller, type TestService } from '#testing';
import {
  activate,
  type Link,
  officer,
  recordGerman,
  recordPartner,
  startPartnership,
} from '../../test/partnership.factory';
import {
  author,
  eur,
  firstReviewer,
  newProject,
  passGate,
  prepareGate,
  projectOf,
  propose,
  putBeforeGate,
  secondReviewer,
} from '../../test/projects.factory';

let app: TestService;
let link: Link;
let partnershipId: string;

beforeAll(async () => {
  app = await startPartnership();
  link = { german: await recordGerman(app), partner: await recordPartner(app) };
  partnershipId = (await activate(app, link)).id;
}, 60_000);
afterAll(() => app.close());

const idea = (changes = {}) => propose(app, newProject(partnershipId, link, changes));
const german = () => caller('municipality-de', { municipalityId: link.german.id });
const partner = () => caller('municipality-partner', { municipalityId: link.partner.id });
const at = (version: number) => ({ expectedVersion: version });
const evidence = (projectId: string, item = 'owner-named') => ({
  projectId,
  item,
  title: 'Letter',
  reference: 'File 1',
});

describe('a gate', () => {
  it('says what is missing, and is not opened without it', async () => {
    const { id: projectId, version } = await idea();
    const gate = await app.rpc(getProjectGate, { projectId }, german());
    expect(gate).toMatchObject({ stage: 'IDEA', next: 'CONCEPT', approvalsNeeded: 1 });
    expect(gate.missing.map(({ item }) => item)).toEqual(['owner-named', 'plan-link']);
    await expect(app.rpc(requestGateReview, { projectId }, author, at(version))).rejects.toMatchObject({
      code: 'PARTNERSHIP_PROJECT_GATE_INCOMPLETE',
      details: { stage: 'IDEA', missing: ['owner-named', 'plan-link'] },
    });
    const named = await app.rpc(recordProjectEvidence, evidence(projectId), partner(), at(version));
    await expect(app.rpc(requestGateReview, { projectId }, author, at(named.version))).rejects.toMatchObject({
      details: { missing: ['plan-link'] },
    });
    await expect(
      app.rpc(recordProjectEvidence, evidence(projectId, 'works-contract'), author, at(named.version)),
    ).rejects.toMatchObject({ code: 'PARTNERSHIP_PROJECT_ITEM_UNKNOWN', details: { item: 'works-contract' } });
  });

  it('asks for more in a sector, and for figures instead of documents', async () => {
    const { id: projectId } = await idea({ sector: 'WASTE', costAccuracyPercent: 40 });
    await passGate(app, projectId);
    await passGate(app, projectId);
    const { version } = await prepareGate(app, projectId);
    const gate = await app.rpc(getProjectGate, { projectId }, officer);
    expect(gate.items.map(({ item }) => item)).toEqual(
      expect.arrayContaining(['waste-quantities', 'informal-workers']),
    );
    expect(gate.missing.map(({ item }) => item)).toEqual(['cost-30']);
    await expect(
      app.rpc(recordProjectEvidence, evidence(projectId, 'cost-30'), author, at(version)),
    ).rejects.toMatchObject({
      code: 'PARTNERSHIP_PROJECT_ITEM_UNKNOWN',
    });
    const { partnershipId: _, ...content } = newProject(partnershipId, link, { costAccuracyPercent: 30 });
    await app.rpc(changeProject, { projectId, ...content }, author, at(version));
    expect((await app.rpc(getProjectGate, { projectId }, officer)).missing).toEqual([]);
  });

  it('is decided by nobody who prepared it: author, who recorded evidence, who asked; in the database too', async () => {
    const { id: projectId, version } = await idea();
    await app.rpc(recordProjectEvidence, evidence(projectId), firstReviewer, at(version));
    const { version: ready } = await prepareGate(app, projectId);
    const asking = caller('adviser', { subject: 'asking' });
    const inReview = await app.rpc(requestGateReview, { projectId }, asking, at(ready));
    for (const as of [author, firstReviewer, asking]) {
      await expect(
        app.rpc(decideGateReview, { projectId, verdict: 'PASS' }, as, at(inReview.version)),
      ).rejects.toMatchObject({
        code: 'PARTNERSHIP_PROJECT_REVIEWER_IS_AUTHOR',
      });
    }
    await expect(
      app.database.transaction((tx) =>
        tx.query(
          `INSERT INTO gate_decision (id, review_id, reviewer, verdict, decided_at)
           SELECT $1, review_id, 'author', 'PASS', now() FROM project WHERE id = $2`,
          [newId(), projectId],
        ),
      ),
    ).rejects.toMatchObject({ code: 'PARTNERSHIP_PROJECT_REVIEWER_IS_AUTHOR' });
    await expect(
      app.rpc(decideGateReview, { projectId, verdict: 'PASS' }, partner(), at(inReview.version)),
    ).rejects.toMatchObject({ code: 'PLATFORM_ACTION_NOT_ALLOWED' });
    expect(
      await app.rpc(decideGateReview, { projectId, verdict: 'PASS' }, secondReviewer, at(inReview.version)),
    ).toMatchObject({ stage: 'CONCEPT', status: 'PREPARING' });
  });

  it('keeps its evidence as it is while it is in review', async () => {
    const { id: projectId } = await idea();
    const { version } = await putBeforeGate(app, projectId);
    const invalid = { code: 'PARTNERSHIP_PROJECT_STATE_INVALID', details: { status: 'IN_REVIEW' } };
    const { items } = await app.rpc(listProjectEvidence, { projectId }, officer);
    const evidenceId = items[0]?.id ?? '';
    await expect(app.rpc(recordProjectEvidence, evidence(projectId), author, at(version))).rejects.toMatchObject(
      invalid,
    );
    const withdrawal = { projectId, evidenceId, reason: 'wrong' };
    await expect(app.rpc(withdrawProjectEvidence, withdrawal, author, at(version))).rejects.toMatchObject(invalid);
  });

  it('forgets what was withdrawn, which stays visible, once', async () => {
    const { id: projectId, version } = await idea();
    const recorded = await app.rpc(recordProjectEvidence, evidence(projectId), author, at(version));
    const evidenceId = (await app.rpc(listProjectEvidence, { projectId }, officer)).items[0]?.id ?? '';
    const withdrawal = { projectId, evidenceId, reason: 'the wrong letter' };
    const { version: withdrawn } = await app.rpc(withdrawProjectEvidence, withdrawal, author, at(recorded.version));
    expect((await app.rpc(getProjectGate, { projectId }, officer)).missing.map(({ item }) => item)).toContain(
      'owner-named',
    );
    expect((await app.rpc(listProjectEvidence, { projectId }, officer)).items).toMatchObject([
      { id: evidenceId, withdrawal: { by: 'author', reason: 'the wrong letter' } },
    ]);
    await expect(app.rpc(withdrawProjectEvidence, withdrawal, author, at(withdrawn))).rejects.toMatchObject({
      code: 'PARTNERSHIP_PROJECT_EVIDENCE_WITHDRAWN',
    });
  });

  it('that is sent back voids the approval that was given, and needs both again', async () => {
    const { id: projectId } = await idea();
    for (const _ of [1, 2, 3]) await passGate(app, projectId);
    const inReview = await putBeforeGate(app, projectId);
    expect(inReview).toMatchObject({ stage: 'FEASIBILITY', approvals: { given: 0, needed: 2 } });
    const once = await app.rpc(decideGateReview, { projectId, verdict: 'PASS' }, firstReviewer, at(inReview.version));
    expect(once).toMatchObject({ status: 'IN_REVIEW', approvals: { given: 1, needed: 2 } });
    await expect(
      app.rpc(decideGateReview, { projectId, verdict: 'PASS' }, firstReviewer, at(once.version)),
    ).rejects.toMatchObject({ code: 'PARTNERSHIP_PROJECT_REVIEWER_REPEATED' });
    const back = { projectId, verdict: 'BACK' as const, note: 'The model lacks the tariffs.' };
    expect(await app.rpc(decideGateReview, back, secondReviewer, at(once.version))).toMatchObject({
      stage: 'FEASIBILITY',
      status: 'PREPARING',
      statusReason: back.note,
      approvals: null,
    });
    const [latest] = (await app.rpc(listGateReviews, { projectId }, partner())).items;
    expect(latest).toMatchObject({
      status: 'RETURNED',
      decisions: [
        { by: 'first-reviewer', isVoid: true },
        { by: 'second-reviewer', verdict: 'BACK', isVoid: false },
      ],
    });
    expect((await putBeforeGate(app, projectId)).approvals).toEqual({ given: 0, needed: 2 });
  });

  it('that is passed with conditions asks for them at the next one', async () => {
    const { id: projectId } = await idea();
    const inReview = await putBeforeGate(app, projectId);
    const verdict = { projectId, verdict: 'PASS_WITH_CONDITIONS' as const };
    await expect(app.rpc(decideGateReview, verdict, firstReviewer, at(inReview.version))).rejects.toMatchObject({
      code: 'PLATFORM_REQUEST_INVALID',
    });
    const note = 'Name a deputy.';
    await app.rpc(decideGateReview, { ...verdict, note }, firstReviewer, at(inReview.version));
    const { items } = await app.rpc(getProjectGate, { projectId }, officer);
    const condition = items.find(({ proof }) => proof === 'CONDITION');
    expect(condition).toMatchObject({ requirement: 'MUST', isMet: false, title: { en: note } });
    const { version } = await prepareGate(app, projectId);
    expect((await app.rpc(getProjectGate, { projectId }, officer)).missing).toEqual([]);
    await app.rpc(requestGateReview, { projectId }, author, at(version));
    await passGate(app, projectId);
    // Met there, it is no matter of the gate after that.
    const after = await app.rpc(getProjectGate, { projectId }, officer);
    expect([after.stage, after.items.filter(({ proof }) => proof === 'CONDITION')]).toEqual(['PRE_FEASIBILITY', []]);
  });

  it('is passed one after the other, from the idea to the operation, with money that is signed', async () => {
    const { id: projectId } = await idea();
    const stages: string[] = [];
    for (let gate = 0; gate < PROJECT_STAGES.length; gate += 1) stages.push((await passGate(app, projectId)).stage);
    expect(stages).toEqual([...PROJECT_STAGES.slice(1), 'OPERATION']);
    const done = await projectOf(app, projectId);
    expect(done).toMatchObject({ status: 'COMPLETED', funding: { signed: eur('1000000.00'), gap: eur('0.00') } });
    await expect(app.rpc(requestGateReview, { projectId }, author, at(done.version))).rejects.toMatchObject({
      code: 'PARTNERSHIP_PROJECT_STATE_INVALID',
    });
  }, 60_000);
});
