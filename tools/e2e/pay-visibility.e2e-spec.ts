import { randomUUID } from 'node:crypto';
import { type Operation, OPERATIONS, PAY_READERS, pathParameters, type Role, ROLES } from '#contracts';
import type { AssignmentView } from '#contracts/staffing';
import { caller, eventually, type TestCaller } from '#testing';
import { planAssignment } from '../demo/assignment';
import { monthStart } from '../demo/calendar';
import { DEMO_CASES, type DemoCase } from '../demo/cases';
import { user } from '../demo/demo-token';
import { recruitExpert, selectRequest } from '../demo/expert-request';
import { runMainJob } from '../demo/main-job';
import { Canaries, spellingsOf } from './canaries';
import { startTestPlatform, type TestPlatform } from './platform';

let platform: TestPlatform;
let pay: Pay;

/** What each assignment pays, and who may not know. */
interface Pay {
  readonly assignments: readonly AssignmentView[];
  /** By assignment. */
  readonly canaries: ReadonlyMap<string, Canaries>;
  /** What is at the path of a parameter: `assignmentId`. */
  readonly ids: ReadonlyMap<string, readonly string[]>;
}

const eur = (amount: string) => ({ amount, currency: 'EUR' });
const FULL: Readonly<Record<string, DemoCase['costInputs']>> = {
  INTEGRATED_EXPERT: {
    instrument: 'INTEGRATED_EXPERT',
    localSalaryMonth: { amount: '2617391.00', currency: 'TZS' },
    hasSpouse: true,
    children: 1,
  },
  DEVELOPMENT_WORKER: {
    instrument: 'DEVELOPMENT_WORKER',
    costOfLivingPercent: '7.31',
    rentMonth: eur('713.37'),
    hasSpouse: false,
    children: 0,
  },
  LOCAL_EXPERT: {
    instrument: 'LOCAL_EXPERT',
    salaryMonth: eur('1873.41'),
    employerContributionPercent: '16.37',
    otherCosts: eur('2711.93'),
  },
};
const CASES = DEMO_CASES.map((demo) => ({ ...demo, costInputs: FULL[demo.costInputs.instrument] ?? demo.costInputs }));
const [moshi, , kongoussi] = CASES as [DemoCase, DemoCase, DemoCase];
/** Takes part beside the employer, and is none. */
const OTHER_TOWN = randomUUID();

beforeAll(async () => {
  platform = await startTestPlatform();
  jest.spyOn(console, 'log').mockImplementation(() => undefined);
  const department = await platform.financeDepartment();
  await runMainJob(platform.api, department, CASES).finally(() => department.close());
  await refusedCover();
  await refusedExtension();
  await platform.fleet.member('staffing').database.query(
    `INSERT INTO partnership_participant_copy (partnership_id, municipality_id, side, country)
     SELECT id, $1, 'PARTNER', 'BF' FROM unnest($2::uuid[]) AS id`,
    [OTHER_TOWN, CASES.map((demo) => demo.partnership.id)],
  );
  pay = await readPay();
}, 600_000);
afterAll(() => platform?.close());

/** An assignment in years without money: what the fund lacks is the whole pay. */
async function refusedCover(): Promise<void> {
  const { api } = platform;
  const demo: DemoCase = {
    ...kongoussi,
    period: { from: '2033-01-01', to: '2034-01-01' },
    costInputs: { instrument: 'LOCAL_EXPERT', salaryMonth: eur('2093.47'), employerContributionPercent: '0' },
  };
  const [request, expert] = [await selectRequest(api, demo), await recruitExpert(api, demo)];
  const { items } = await api.get<{ items: { id: string }[] }>(user('budget-officer'), '/funds');
  const accepted = await planAssignment(api, demo, { request, expert, fundId: items[0]?.id ?? '' });
  await api.post(
    user('programme-officer'),
    `/assignments/${accepted.id}/confirmations`,
    {},
    { ifMatch: accepted.version },
  );
  await eventually(async () => {
    const { fundingRefusal } = await read(accepted.id);
    expect(fundingRefusal?.shortfalls.length).toBeGreaterThan(0);
  });
}

/** A longer term that the fund does not cover. */
async function refusedExtension(): Promise<void> {
  const found = (await everyAssignment()).find((it) => it.employerMunicipalityId === moshi.partner.id);
  if (!found) throw new Error('nobody serves in Moshi');
  const extension = { to: monthStart(38) };
  await platform.api.post(user('programme-officer'), `/assignments/${found.id}/extensions`, extension, {
    ifMatch: found.version,
  });
  await eventually(async () => {
    const { extension: answered } = await read(found.id);
    expect(answered?.refusal?.shortfalls.length).toBeGreaterThan(0);
  });
}

const read = (id: string) => platform.api.get<AssignmentView>(user('auditor'), `/assignments/${id}`);
const everyAssignment = () => platform.api.all<AssignmentView>(user('auditor'), '/assignments');

async function readPay(): Promise<Pay> {
  const rules = JSON.stringify(
    await Promise.all([
      platform.api.all(user('auditor'), '/rules/finance'),
      platform.api.get(user('auditor'), '/instrument-rules'),
      platform.api.all(user('auditor'), '/exchange-rates'),
    ]),
  );
  const everybodys = new Set(rules.match(/\d[\d.,]*/g) ?? []);
  const assignments = await everyAssignment();
  const canaries = new Map<string, Canaries>();
  for (const { id } of assignments) {
    const answers: unknown[] = [await read(id)];
    for (const list of ['commitments', 'payouts'])
      answers.push(await platform.api.all(user('auditor'), `/${list}?assignmentId=${id}`));
    const own = new Canaries(everybodys);
    for (const answer of answers) own.addFrom(answer);
    canaries.set(id, own);
  }
  return { assignments, canaries, ids: await everyId() };
}

const READS = OPERATIONS.filter(
  ({ service, isWrite }) => (service === 'staffing' || service === 'finance') && !isWrite,
);
const WRITES = OPERATIONS.filter(
  ({ service, isWrite }) => (service === 'staffing' || service === 'finance') && isWrite,
);
const IDS_MAX = 6;

/** The ids of what each list holds, by the name that paths give them. */
async function everyId(): Promise<Map<string, string[]>> {
  const ids = new Map<string, string[]>();
  const nameOf = (path: string) => /^\/[a-z-]+\/\{(\w+)\}$/.exec(path)?.[1];
  for (const { http, allow } of READS) {
    const name = nameOf(http.path);
    const role = (Object.keys(allow) as Role[]).find((each) => allow[each] === 'any');
    if (name === undefined || role === undefined) continue;
    const list = http.path.replace(/\/\{\w+\}$/, '');
    const { items } = (await ask('GET', `${list}?limit=200`, caller(role))).body as { items?: { id?: string }[] };
    const found = (items ?? []).flatMap(({ id }) => id ?? []);
    ids.set(name, name === 'assignmentId' ? found : found.slice(0, IDS_MAX));
  }
  return ids;
}

async function ask(method: string, path: string, as: TestCaller) {
  const response = await fetch(`${platform.url}/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${await platform.fleet.issuer.token(as)}`,
      ...(method !== 'GET' && {
        'content-type': method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
        'idempotency-key': randomUUID(),
        'if-match': '"1"',
      }),
    },
    ...(method !== 'GET' && { body: '{}' }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return { status: response.status, text, body: isJson ? (JSON.parse(text) as unknown) : text };
}

/** Every path of the operation, with all that its first parameter can stand for. */
function pathsOf({ http }: Operation): string[] {
  const [first] = pathParameters(http.path);
  if (first === undefined) return [http.path];
  const filled = (id: string) => http.path.replace(`{${first}}`, id).replaceAll(/\{\w+\}/g, () => randomUUID());
  return (pay.ids.get(first) ?? []).map(filled);
}

/** Somebody, and the assignments whose pay is theirs to know. */
interface Reader {
  readonly name: string;
  readonly as: TestCaller;
  readonly mayKnow: (assignment: AssignmentView) => boolean;
}

function readers(): Reader[] {
  const nothing = () => false;
  const offices = ROLES.filter((role) => !['expert', 'municipality-de', 'municipality-partner'].includes(role)).map(
    (role): Reader => ({
      name: role,
      as: caller(role),
      // The finance department's system follows what is paid: that is its work.
      mayKnow: () => PAY_READERS[role] !== undefined || role === 'payout-consumer',
    }),
  );
  const town = (role: Role, municipalityId: string) =>
    caller(role, { subject: `${role} ${municipalityId}`, municipalityId });
  const towns = CASES.flatMap(({ german, partner }): Reader[] => [
    { name: `municipality-de ${german.name}`, as: town('municipality-de', german.id), mayKnow: nothing },
    {
      name: `municipality-partner ${partner.name}`,
      as: town('municipality-partner', partner.id),
      mayKnow: (it) => it.employerMunicipalityId === partner.id,
    },
  ]);
  const experts = pay.assignments.map(({ expertId }): Reader => ({
    name: `expert ${expertId}`,
    as: caller('expert', { subject: expertId, expertId }),
    mayKnow: (it) => it.expertId === expertId,
  }));
  const others: Reader[] = [
    { name: 'municipality-partner, not the employer', as: town('municipality-partner', OTHER_TOWN), mayKnow: nothing },
    { name: 'expert of no assignment', as: caller('expert', { expertId: randomUUID() }), mayKnow: nothing },
  ];
  return [...offices, ...towns, ...experts, ...others];
}

interface Walked {
  answers: number;
  shown: number;
  readonly leaks: string[];
}

async function walk(method: (operation: Operation) => string, operations: readonly Operation[]): Promise<Walked> {
  const walked: Walked = { answers: 0, shown: 0, leaks: [] };
  const paths = operations.flatMap((operation) => pathsOf(operation).map((path) => [method(operation), path] as const));
  for (const { name, as, mayKnow } of readers()) {
    const hidden = pay.assignments.filter((it) => !mayKnow(it)).flatMap(({ id }) => pay.canaries.get(id) ?? []);
    const canaries = new Canaries().with(hidden);
    for (const [verb, path] of paths) {
      const { status, text } = await ask(verb, path, as);
      expect({ verb, path, name, is5xx: status >= 500 }).toEqual({ verb, path, name, is5xx: false });
      walked.answers += 1;
      if (status < 300) walked.shown += 1;
      const found = canaries.foundIn(text);
      if (found.length > 0) walked.leaks.push(`${name}: ${verb} ${path} -> ${status} ${found.join(' | ')}`);
    }
  }
  return walked;
}

describe('pay', () => {
  it('is known by amounts that nothing else has, of every assignment', () => {
    expect(pay.assignments).toHaveLength(CASES.length + 1);
    for (const canaries of pay.canaries.values()) expect(canaries.size).toBeGreaterThan(3);
    const all = new Canaries().with([...pay.canaries.values()]);
    const planted = [2_617_391n * 100n, 187_341n, 209_347n, 209_347n * 12n];
    for (const [index, minor] of planted.entries()) {
      const spellings = spellingsOf({ minor, currency: index === 0 ? 'TZS' : 'EUR' });
      expect(spellings.length).toBeGreaterThan(4);
      for (const text of spellings) expect(all.foundIn(`{"detail":"it lacks ${text} EUR"}`)).toEqual([text]);
    }
  });

  it('is seen by those whom it concerns', async () => {
    const { text } = await ask('GET', '/assignments?limit=200', caller('finance-officer'));
    for (const [id, canaries] of pay.canaries) {
      expect(canaries.foundIn(text)).not.toEqual([]);
      expect(canaries.foundIn((await ask('GET', `/assignments/${id}`, caller('auditor'))).text)).not.toEqual([]);
    }
  });

  it('is in no answer to anybody else, of any read of staffing and finance', async () => {
    const { answers, shown, leaks } = await walk(() => 'GET', READS);
    process.stdout.write(`pay: ${answers} answers to reads, ${shown} of them with data, ${leaks.length} leaks\n`);
    expect(leaks).toEqual([]);
    expect(answers).toBeGreaterThan(2_000);
    expect(shown).toBeGreaterThan(500);
  }, 600_000);

  it('is in no refusal of a write either', async () => {
    const { answers, leaks } = await walk(({ http }) => http.method, WRITES);
    process.stdout.write(`pay: ${answers} answers to writes, ${leaks.length} leaks\n`);
    expect(leaks).toEqual([]);
    expect(answers).toBeGreaterThan(2_000);
  }, 600_000);
});
