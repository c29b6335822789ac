import {
  abandonProject,
  addFundingSource,
  changeFundingSource,
  countProjects,
  createProject,
  endPartnership,
  getProject,
  getProjectRubric,
  handOverProject,
  holdProject,
  listGateReviews,
  listProjects,
  listScorecards,
  proposePartnershipRule,
  confirmPartnershipRuleProposal,
  projectRecorded,
  resumeProject,
  scoreProject,
} from '#contracts/partnership';
import { newId } from '#platform';
import { caller, eventually, type TestService } from '#testing';
import {
  activate,
  type Link,
  officer,
  recordGerman,
  recordPartner,
  startPartnership,
  TODAY,
} from '../../test/partnership.factory';
import { author, eur, firstReviewer, newProject, passGate, propose, putBeforeGate } from '../../test/projects.factory';

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
const stranger = caller('municipality-partner', { municipalityId: newId() });
const at = (version: number) => ({ expectedVersion: version });

describe('the idea of a project', () => {
  it('is recorded by the offices and by both towns, with a number, and told', async () => {
    const project = await idea();
    expect(project).toMatchObject({
      stage: 'IDEA',
      status: 'PREPARING',
      author: 'author',
      funding: { gap: eur('1000000.00') },
    });
    expect(project.caseNumber).toMatch(/^VH-\d{4}-\d{4}-\d$/);
    const request = { projectId: project.id };
    for (const as of [german(), partner(), caller('auditor')])
      expect((await app.rpc(getProject, request, as)).id).toBe(project.id);
    await expect(app.rpc(getProject, request, stranger)).rejects.toMatchObject({ code: 'PLATFORM_RESOURCE_NOT_FOUND' });
    expect((await app.rpc(createProject, newProject(partnershipId, link), partner())).author).toBe(partner().subject);
    await expect(app.rpc(createProject, newProject(partnershipId, link), stranger)).rejects.toMatchObject({
      code: 'PLATFORM_RESOURCE_NOT_FOUND',
    });
    await eventually(async () =>
      expect(await app.published(projectRecorded)).toEqual(
        expect.arrayContaining([expect.objectContaining({ projectId: project.id, stage: 'IDEA' })]),
      ),
    );
  });

  it('is refused with an owner on the German side, in another currency, and in a partnership that ended', async () => {
    await expect(idea({ ownerMunicipalityId: link.german.id })).rejects.toMatchObject({
      code: 'PARTNERSHIP_PROJECT_OWNER_INVALID',
      details: { possible: [link.partner.id] },
    });
    await expect(idea({ currency: 'USD' })).rejects.toMatchObject({
      code: 'PARTNERSHIP_PROJECT_CURRENCY_DIFFERS',
      details: { currency: 'USD' },
    });
    const ended = await activate(app, link);
    await app.rpc(endPartnership, { partnershipId: ended.id }, officer, at(ended.version));
    await expect(propose(app, newProject(ended.id, link))).rejects.toMatchObject({
      code: 'PARTNERSHIP_PROJECT_PARTNERSHIP_ENDED',
    });
  });
});

describe('a project', () => {
  it('rests and goes on, and a gate that was in review begins anew', async () => {
    const { id: projectId } = await idea();
    const { version } = await putBeforeGate(app, projectId);
    const held = await app.rpc(holdProject, { projectId, reason: 'elections' }, officer, at(version));
    expect(held).toMatchObject({ status: 'ON_HOLD', statusReason: 'elections', approvals: null });
    expect((await app.rpc(listGateReviews, { projectId }, officer)).items).toMatchObject([{ status: 'INTERRUPTED' }]);
    const resumed = await app.rpc(resumeProject, { projectId }, officer, at(held.version));
    expect(resumed).toMatchObject({ status: 'PREPARING', statusReason: null });
    const given = await app.rpc(abandonProject, { projectId, reason: 'no land' }, officer, at(resumed.version));
    await expect(app.rpc(holdProject, { projectId, reason: 'x' }, officer, at(given.version))).rejects.toMatchObject({
      code: 'PARTNERSHIP_PROJECT_STATE_INVALID',
    });
  });

  it('is handed over to a facility from the concept on, and its funding goes on', async () => {
    const { id: projectId, version } = await idea();
    const handover = { projectId, facility: 'Gap Fund', reason: 'chosen' };
    await expect(app.rpc(handOverProject, handover, officer, at(version))).rejects.toMatchObject({
      code: 'PARTNERSHIP_PROJECT_STATE_INVALID',
    });
    const concept = await passGate(app, projectId);
    const over = await app.rpc(handOverProject, handover, officer, at(concept.version));
    expect(over).toMatchObject({ status: 'HANDED_OVER', facility: 'Gap Fund' });
    const grant = { projectId, kind: 'GRANT' as const, financier: 'State', amount: eur('1.00') };
    expect((await app.rpc(addFundingSource, grant, author, at(over.version))).funding.identified).toEqual(eur('1.00'));
  });

  it('has sources of funding that become certain with proof, and less certain with a reason', async () => {
    const { id: projectId, version } = await idea();
    const loan = { projectId, kind: 'LOAN' as const, financier: 'KfW', amount: eur('400000.00') };
    await expect(app.rpc(addFundingSource, { ...loan, status: 'SIGNED' }, author, at(version))).rejects.toMatchObject({
      code: 'PARTNERSHIP_PROJECT_FUNDING_UNPROVEN',
    });
    const usd = { ...loan, amount: { amount: '1.00', currency: 'USD' } };
    await expect(app.rpc(addFundingSource, usd, author, at(version))).rejects.toMatchObject({
      code: 'PARTNERSHIP_PROJECT_CURRENCY_DIFFERS',
    });
    const added = await app.rpc(addFundingSource, { ...loan, status: 'COMMITTED' }, partner(), at(version));
    const sourceId = added.fundingSources[0]?.id ?? '';
    expect(added.funding).toMatchObject({ committed: eur('400000.00'), gap: eur('600000.00') });
    const change = { projectId, sourceId };
    for (const less of [{ status: 'LOST' as const }, { status: 'COMMITTED' as const, amount: eur('1.00') }]) {
      await expect(
        app.rpc(changeFundingSource, { ...change, ...less }, author, at(added.version)),
      ).rejects.toMatchObject({ code: 'PARTNERSHIP_PROJECT_FUNDING_UNEXPLAINED' });
    }
    const signed = { status: 'SIGNED' as const, signedOn: '2026-03-01', documentSha256: 'd'.repeat(64) };
    await expect(
      app.rpc(changeFundingSource, { ...change, ...signed, signedOn: '2099-01-01' }, author, at(added.version)),
    ).rejects.toMatchObject({ code: 'PARTNERSHIP_PROJECT_FUNDING_UNPROVEN' });
    const sure = await app.rpc(changeFundingSource, { ...change, ...signed }, author, at(added.version));
    expect(sure.funding).toMatchObject({ committed: eur('0.00'), signed: eur('400000.00') });
    const lost = await app.rpc(
      changeFundingSource,
      { ...change, status: 'LOST', note: 'withdrawn' },
      author,
      at(sure.version),
    );
    expect(lost.funding).toMatchObject({ signed: eur('0.00'), gap: eur('1000000.00') });
    const other = await idea();
    await expect(
      app.rpc(changeFundingSource, { ...change, projectId: other.id, status: 'IN_TALKS' }, author, at(other.version)),
    ).rejects.toMatchObject({ code: 'PLATFORM_RESOURCE_NOT_FOUND' });
  });

  it('is found and counted by stage, state and sector, by those who may see it', async () => {
    const other: Link = {
      german: link.german,
      partner: await recordPartner(app, { names: { official: 'Kongoussi' } }),
    };
    const { id } = await activate(app, other);
    const [first, second, third] = await Promise.all(
      ['WATER', 'ENERGY', 'WATER'].map((sector) => propose(app, newProject(id, other, { sector: sector as 'WATER' }))),
    );
    await passGate(app, first?.id ?? '');
    await app.rpc(abandonProject, { projectId: third?.id ?? '', reason: 'x' }, officer, at(third?.version ?? 0));
    const filter = { partnershipId: id };
    const named = async (more: object) =>
      (await app.rpc(listProjects, { ...filter, ...more }, officer)).items.map((it) => it.id).sort();
    expect(await named({ sector: ['WATER'] })).toEqual([first?.id, third?.id].sort());
    expect(await named({ stage: ['CONCEPT'] })).toEqual([first?.id]);
    expect(await named({ q: 'compsting' })).toHaveLength(3);
    expect(await named({ caseNumber: second?.caseNumber })).toEqual([second?.id]);
    const counts = await app.rpc(countProjects, filter, officer);
    expect(counts).toMatchObject({
      projects: 3,
      abandoned: 1,
      money: [{ capex: eur('2000000.00'), committed: eur('0.00'), signed: eur('0.00') }],
    });
    expect(counts.stages.slice(0, 2)).toEqual([
      { stage: 'IDEA', projects: 1, reached: 3, medianDays: 0 },
      { stage: 'CONCEPT', projects: 1, reached: 1, medianDays: null },
    ]);
    const theirs = caller('municipality-partner', { municipalityId: other.partner.id });
    expect((await app.rpc(countProjects, {}, theirs)).projects).toBe(3);
    expect((await app.rpc(listProjects, {}, stranger)).items).toEqual([]);
  });
});

describe('a scorecard', () => {
  const scoresOf = async (score: number) =>
    (await app.rpc(getProjectRubric, {}, officer)).criteria.map(({ criterion }) => ({
      criterion,
      score,
      justification: 'seen',
    }));

  it('needs each criterion once, and means what its rubric said when another one holds', async () => {
    const { id: projectId, version } = await idea();
    const rubric = await app.rpc(getProjectRubric, {}, officer);
    expect(new Set(rubric.criteria.map(({ dimension }) => dimension)).size).toBe(5);
    const scores = await scoresOf(2);
    const graded = scores.map((each, index) => ({ ...each, score: index % 5 }));
    await expect(
      app.rpc(
        scoreProject,
        { projectId, scores: [...scores.slice(2), { ...scores[2], criterion: 'luck' } as never] },
        author,
        at(version),
      ),
    ).rejects.toMatchObject({
      code: 'PARTNERSHIP_PROJECT_SCORES_INCOMPLETE',
      details: { missing: [scores[0]?.criterion, scores[1]?.criterion], unknown: ['luck'] },
    });
    const scored = await app.rpc(scoreProject, { projectId, scores: graded }, author, at(version));
    const again = await app.rpc(scoreProject, { projectId, scores: graded }, officer, at(scored.version));
    const before = (await app.rpc(listScorecards, { projectId }, partner())).items;
    expect(new Set(before.map(({ total }) => total)).size).toBe(1);

    const proposal = await app.rpc(
      proposePartnershipRule,
      {
        ruleSet: 'PROJECT_RUBRIC',
        key: 'weights',
        value: 'need=50 land=50',
        unit: 'PERCENT',
        validFrom: TODAY,
        source: 'decided by the fund',
      },
      officer,
    );
    await app.rpc(
      confirmPartnershipRuleProposal,
      { proposalId: proposal.id, reason: 'agreed' },
      firstReviewer,
      at(proposal.version),
    );
    expect((await app.rpc(listScorecards, { projectId }, officer)).items).toEqual(before);
    await expect(
      app.rpc(scoreProject, { projectId, scores: graded }, officer, at(again.version)),
    ).rejects.toMatchObject({
      code: 'PARTNERSHIP_PROJECT_SCORES_INCOMPLETE',
    });
    await app.rpc(scoreProject, { projectId, scores: await scoresOf(3) }, officer, at(again.version));
    const [latest] = (await app.rpc(listScorecards, { projectId }, officer)).items;
    expect(latest).toMatchObject({
      total: '3.00',
      dimensions: [{ dimension: 'RATIONALE', mean: '3.00' }, { dimension: 'DELIVERABILITY' }],
    });
  });
});
