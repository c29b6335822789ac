import { AppError, type Operation, operationId, OPERATIONS, type Role, ROLES } from '#contracts';
import {
  EXPERT_REQUEST_STATUSES,
  type ExpertRequestStatus,
  listAssessmentCriteria,
  listExpertRequestActions,
} from '#contracts/staffing';
import { newId } from '#platform';
import { caller, startTestService, type TestCaller, type TestService } from '#testing';
import { staffingDataSource } from '../src/data-source';
import type { Partnership } from '../src/factories/municipal.factory';
import { germanUser, knownPartnership, partnerUser, requestIn } from '../src/factories/staffing.factory';
import { StaffingModule } from '../src/staffing.module';

// O programme officer, A adviser, D German municipality, P partner municipality: who may carry the act out in that state. No other
// role may anything. Two more columns of roles are left out of the table, as nothing of theirs is ever there: municipalities that
// take no part in the request, and everybody without a role that is named here.
const MATRIX = `
                   change  sign  submit  check  assess  correct  recommend  select  withdraw
  DRAFT            OADP    DP    OADP    -      -       -        -          -       OADP
  SUBMITTED        -       -     -       OA     -       -        -          -       OADP
  FORMAL_CHECK     -       -     -       OA     -       -        -          -       OADP
  RETURNED         OADP    -     OADP    -      -       -        -          -       OADP
  REJECTED         -       -     -       -      -       -        -          -       -
  ASSESSMENT       -       -     -       -      OA      OA       O          -       OADP
  RECOMMENDED      -       -     -       -      -       -        -          O       OADP
  NOT_RECOMMENDED  -       -     -       -      -       -        -          O       OADP
  SELECTED         -       -     -       -      -       -        -          -       -
  WAITLISTED       -       -     -       -      -       -        -          O       OADP
  DECLINED         -       -     -       -      -       -        -          -       -
  WITHDRAWN        -       -     -       -      -       -        -          -       -`;

const LETTERS: Readonly<Partial<Record<Role, string>>> = {
  'programme-officer': 'O',
  adviser: 'A',
  'municipality-de': 'D',
  'municipality-partner': 'P',
};
/** The rules behind the state, met by an act that its state and role allow; they are tested beside the feature. */
const RULES_BEHIND: Readonly<Record<string, string>> = {
  submit: 'STAFFING_EXPERT_REQUEST_SIGNATURES_MISSING',
  correct: 'STAFFING_ASSESSMENT_NOT_GIVEN',
  recommend: 'STAFFING_RECOMMENDATION_ASSESSMENTS_MISSING',
};
const STATE = 'STAFFING_EXPERT_REQUEST_TRANSITION_NOT_ALLOWED';

let app: TestService;
let tandem: Partnership;
let foreign: Partnership;
let scores: { criterion: string; score: number }[];
beforeAll(async () => {
  app = await startTestService({ module: StaffingModule, dataSource: staffingDataSource });
  [tandem, foreign] = [await knownPartnership(app), await knownPartnership(app)];
  const { items } = await app.rpc(listAssessmentCriteria, {}, caller('adviser'));
  scores = items.map(({ criterion }) => ({ criterion, score: 3 }));
}, 60_000);
afterAll(() => app.close());

const [header = '', ...lines] = MATRIX.trim().split('\n');
const ACTS = header.trim().split(/\s+/);
const ROWS = new Map(lines.map((line) => line.trim().split(/\s+/)).map(([status = '', ...cells]) => [status, cells]));

function callerOf(role: Role, its = tandem): TestCaller {
  if (role === 'municipality-de') return germanUser(its);
  if (role === 'municipality-partner') return partnerUser(its);
  return role === 'expert' ? caller(role, { expertId: newId() }) : caller(role);
}

function operationOf(act: string): Operation {
  const name = act === 'correct' ? 'correct-assessment' : act;
  const operation = OPERATIONS.find((it) => operationId(it) === `expert-request_${name}`);
  if (!operation) throw new Error(`there is no act ${act}`);
  return operation;
}

const requests: Readonly<Record<string, () => Record<string, unknown>>> = {
  change: () => ({ title: 'Another title' }),
  check: () => ({ outcome: 'PASSED' }),
  assess: () => ({ scores }),
  correct: () => ({ scores, reason: 'A reason.' }),
  recommend: () => ({ outcome: 'RECOMMENDED', instrument: 'LOCAL_EXPERT' }),
  select: () => ({ outcome: 'DECLINED' }),
};

async function outcome(act: string, expertRequestId: string, as: TestCaller): Promise<string> {
  const request = { expertRequestId, ...requests[act]?.() };
  try {
    await app.rpc(operationOf(act), request, as, { expectedVersion: 1, idempotencyKey: newId() });
    return 'done';
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

const newRequest = (status: ExpertRequestStatus) =>
  requestIn(app, status, { partnership: tandem, instrument: 'LOCAL_EXPERT' });

/** What a cell says of a role: the code of the refusal, what the act meets behind its state, or that it is done. */
function expected(act: string, cell: string, role: Role): string {
  const letter = LETTERS[role];
  if (letter !== undefined && cell.includes(letter)) return RULES_BEHIND[act] ?? 'done';
  return operationOf(act).allow[role] ? STATE : 'PLATFORM_ACTION_NOT_ALLOWED';
}

/** Whether the reason stands in the request or behind it, so that it is met only when the act is tried. */
const isSeenBeforehand = (code: string) => code !== 'STAFFING_EXPERT_REQUEST_SIGNATURES_MISSING' && code !== 'done';

describe('who may do what with a request, in each state', () => {
  it('the table names every state and every act', async () => {
    expect([...ROWS.keys()]).toEqual([...EXPERT_REQUEST_STATUSES]);
    const { items } = await app.rpc(
      listExpertRequestActions,
      { expertRequestId: await newRequest('DRAFT') },
      caller('adviser'),
    );
    expect(items.map(({ operation }) => operation).sort()).toEqual(
      ACTS.map((act) => operationId(operationOf(act))).sort(),
    );
  });

  it.each(EXPERT_REQUEST_STATUSES)(
    '%s: each act by each role does what its cell says, and was told so',
    async (status) => {
      const shared = await newRequest(status);
      const cells = [];
      for (const role of ROLES) {
        const as = callerOf(role);
        const told = listExpertRequestActions.allow[role]
          ? (await app.rpc(listExpertRequestActions, { expertRequestId: shared }, as)).items
          : [];
        for (const [index, act] of ACTS.entries()) {
          const says = expected(act, ROWS.get(status)?.[index] ?? '', role);
          const does = await outcome(act, says === 'done' ? await newRequest(status) : shared, as);
          cells.push({ act, role, says, does });
          const refusal = told.find(({ operation }) => operation === operationId(operationOf(act)))?.refusal;
          if (told.length > 0)
            expect({ act, role, told: refusal?.code }).toEqual({
              act,
              role,
              told: isSeenBeforehand(says) ? says : undefined,
            });
        }
      }
      expect(cells).toHaveLength(ACTS.length * ROLES.length);
      expect(cells.filter(({ says, does }) => says !== does)).toEqual([]);
    },
  );

  it.each(EXPERT_REQUEST_STATUSES)(
    '%s: to municipalities that take no part there is no such request',
    async (status) => {
      const id = await newRequest(status);
      for (const role of ['municipality-de', 'municipality-partner'] as const) {
        for (const act of ACTS.filter((it) => operationOf(it).allow[role])) {
          expect({ act, does: await outcome(act, id, callerOf(role, foreign)) }).toEqual({
            act,
            does: 'PLATFORM_RESOURCE_NOT_FOUND',
          });
        }
      }
    },
  );
});
