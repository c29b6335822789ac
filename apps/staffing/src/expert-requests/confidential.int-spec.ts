import { AppError, MESSAGES, OPERATIONS, type Operation, pathParameters, type Role, ROLES } from '#contracts';
import {
  assessExpertRequest,
  checkExpertRequest,
  correctExpertRequestAssessment,
  createExpertRequest,
  type ExpertRequestView,
  getExpertRequest,
  listAssessmentCriteria,
  recommendExpertRequest,
  selectExpertRequest,
} from '#contracts/staffing';
import { newId } from '#platform';
import { caller, startTestService, type TestCaller, type TestService } from '#testing';
import { staffingDataSource } from '../data-source';
import type { Partnership } from '../factories/municipal.factory';
import { adviser, germanUser, knownPartnership, officer, partnerUser } from '../factories/staffing.factory';
import { StaffingModule } from '../staffing.module';

let app: TestService;
let tandem: Partnership;
beforeAll(async () => {
  app = await startTestService({ module: StaffingModule, dataSource: staffingDataSource });
  tandem = await knownPartnership(app);
}, 60_000);
afterAll(() => app.close());

const READS = OPERATIONS.filter(({ service, isWrite }) => service === 'staffing' && !isWrite);
const reviewer = caller('adviser', { subject: 'first-reviewer' });
const secondReviewer = caller('programme-officer', { subject: 'second-reviewer' });
const selector = caller('programme-officer', { subject: 'selector' });

function callerOf(role: Role): TestCaller {
  if (role === 'municipality-de') return germanUser(tandem);
  if (role === 'municipality-partner') return partnerUser(tandem);
  return role === 'expert' ? caller(role, { expertId: newId() }) : caller(role);
}

/** Every answer of staffing that this caller gets, about this request where it is about one. */
async function answersTo(as: TestCaller, expertRequestId: string): Promise<string[]> {
  const answers: string[] = [];
  for (const operation of READS) {
    const path = pathParameters(operation.http.path);
    const request = Object.fromEntries(
      path.map((name) => [name, name === 'expertRequestId' ? expertRequestId : newId()]),
    );
    answers.push(await answerOf(operation, request, as));
  }
  return answers;
}

async function answerOf(operation: Operation, request: Record<string, unknown>, as: TestCaller): Promise<string> {
  try {
    return `${operation.subject} ${JSON.stringify(await app.rpc(operation, request, as))}`;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return `${operation.subject} ${JSON.stringify([error.code, error.details, error.errors])}`;
  }
}

async function published(): Promise<string> {
  const own = MESSAGES.filter(({ service }) => service === 'staffing');
  return JSON.stringify(await Promise.all(own.map((message) => app.published(message))));
}

const version = async (expertRequestId: string) =>
  (await app.rpc(getExpertRequest, { expertRequestId }, officer)).version;
const scoresOf = async (score: (index: number) => number) =>
  (await app.rpc(listAssessmentCriteria, {}, adviser)).items.map(({ criterion }, index) => ({
    criterion,
    score: score(index),
  }));

async function inAssessment(): Promise<string> {
  const { id } = await app.rpc(
    createExpertRequest,
    {
      ...{ title: 'Waste', situation: 'S', goal: 'G', tasks: 'T' },
      partnershipIds: [tandem.id],
      fieldsOfAction: [{ key: 'waste_management', percent: 100 }],
      desiredPeriod: { from: '2027-01-01', to: '2029-01-01' },
      placeOfWorkMunicipalityId: tandem.partner,
    },
    germanUser(tandem),
  );
  const evidence = JSON.stringify([{ partnershipId: tandem.id, evaluationId: newId() }]);
  await app.database.query(
    `UPDATE expert_request SET status = 'SUBMITTED', submitted_at = now(), eligibility = $2 WHERE id = $1`,
    [id, evidence],
  );
  return id;
}

const NOTES = [
  'canary-of-the-check',
  'canary-of-the-score',
  'canary-corrected',
  'canary-of-advice',
  'canary-of-choice',
];
const SCORES = /"scores"|"total"|canary-of-the-score|canary-corrected|canary-reason/;

describe('what one reviewer wrote', () => {
  it('is in no answer to anybody else, and in no message, until all are in', async () => {
    const expertRequestId = await inAssessment();
    const options = async () => ({ expectedVersion: await version(expertRequestId) });
    await app.rpc(checkExpertRequest, { expertRequestId, outcome: 'PASSED', note: NOTES[0] }, adviser, await options());
    const given = { expertRequestId, scores: await scoresOf((index) => index % 5), note: NOTES[1] };
    await app.rpc(assessExpertRequest, given, reviewer, await options());
    const correction = { ...given, note: NOTES[2], reason: 'canary-reason' };
    await app.rpc(correctExpertRequestAssessment, correction, reviewer, await options());

    let answers = 0;
    for (const reader of [...ROLES.map(callerOf), secondReviewer]) {
      for (const answer of await answersTo(reader, expertRequestId)) {
        expect({ role: reader.roles[0], answer }).toEqual({
          role: reader.roles[0],
          answer: expect.not.stringMatching(SCORES),
        });
        answers += 1;
      }
    }
    expect(answers).toBeGreaterThanOrEqual(14 * READS.length);
    expect(await published()).not.toMatch(SCORES);
    const own = await app.rpc(getExpertRequest, { expertRequestId }, reviewer);
    expect(own.assessment).toMatchObject({ assessments: [{ note: NOTES[2] }], mean: null, spread: null });

    const last = { expertRequestId, scores: await scoresOf(() => 2) };
    await app.rpc(assessExpertRequest, last, secondReviewer, await options());
    const complete = await app.rpc(getExpertRequest, { expertRequestId }, caller('auditor'));
    expect(complete.assessment?.assessments).toHaveLength(2);
  }, 60_000);
});

describe('internal notes', () => {
  it('are in no answer to a municipality or an expert, from the check to the decision; reasons are', async () => {
    const expertRequestId = await inAssessment();
    const options = async () => ({ expectedVersion: await version(expertRequestId) });
    const check = { expertRequestId, outcome: 'PASSED' as const, note: NOTES[0], reason: 'said to both towns' };
    await app.rpc(checkExpertRequest, check, adviser, await options());
    const scored = { expertRequestId, scores: await scoresOf(() => 3), note: NOTES[1] };
    await app.rpc(assessExpertRequest, scored, reviewer, await options());
    await app.rpc(assessExpertRequest, { ...scored, note: NOTES[2] }, secondReviewer, await options());
    const advice = { expertRequestId, outcome: 'RECOMMENDED', instrument: 'LOCAL_EXPERT', note: NOTES[3] } as const;
    const advised = await app.rpc(recommendExpertRequest, advice, officer, await options());
    const seenByTowns = () => Promise.all([germanUser(tandem), partnerUser(tandem)].map((town) => seenBy(town)));
    const seenBy = (town: TestCaller) => app.rpc(getExpertRequest, { expertRequestId }, town);
    const INTERNAL = {
      formalCheckNote: null,
      assessment: null,
      recommendedBy: null,
      selectedBy: null,
      decisionNote: null,
    };
    for (const seen of await seenByTowns())
      expect(seen).toMatchObject({ ...INTERNAL, formalCheckReason: check.reason });
    const choice = { expertRequestId, outcome: 'DECLINED', note: NOTES[4], reason: 'too few means' } as const;
    const decided: ExpertRequestView = await app.rpc(selectExpertRequest, choice, selector, await options());
    expect([advised.decisionNote, decided.decisionNote, decided.formalCheckNote]).toEqual([
      NOTES[3],
      NOTES[4],
      NOTES[0],
    ]);
    for (const seen of await seenByTowns()) expect(seen).toMatchObject({ ...INTERNAL, decisionReason: choice.reason });
    for (const role of ['municipality-de', 'municipality-partner', 'expert'] as const) {
      const text = (await answersTo(callerOf(role), expertRequestId)).join('\n');
      expect(NOTES.filter((note) => text.includes(note))).toEqual([]);
    }
    const messages = await published();
    expect(NOTES.filter((note) => messages.includes(note))).toEqual([]);
  }, 60_000);
});
