import { randomUUID } from 'node:crypto';
import { parseMinor, toMoney } from '#contracts';
import type { AssignmentView } from '#contracts/staffing';
import type { CommitmentSummary, CostPlanView, FundBalancesView } from '#contracts/finance';
import { type ApiClient, ApiProblem } from './api-client';
import { printBalanceSheet } from './balance-sheet';
import { monthStart } from './calendar';
import { DEMO_CASES, type DemoCase } from './cases';
import { user } from './demo-token';
import { recruitExpert, selectRequest } from './expert-request';
import { createFund } from './fund';
import { ensurePartnership } from './partnerships';
import { heading, tell } from './story';
import { waitForStatus } from './assignment';

const PARALLEL = 100;
const COVERED = 50;
const PLANNING_AT_ONCE = 10;

/** 100 confirmations at the same moment on a fund with money for exactly 50. */
export async function runContention(api: ApiClient): Promise<{ confirmed: number; refused: number; covered: number }> {
  const local = DEMO_CASES.find((demo) => demo.costInputs.instrument === 'LOCAL_EXPERT');
  if (!local) throw new Error('the demo has no local expert');
  const demo: DemoCase = { ...local, period: { from: monthStart(2), to: monthStart(14) } };
  heading(`${PARALLEL} confirmations at once, money for ${COVERED}`);
  await ensurePartnership(api, demo);
  const plan = await api.post<CostPlanView>(user('programme-officer'), '/cost-estimates', {
    costInputs: demo.costInputs,
    period: demo.period,
  });
  const budgets = new Map(
    plan.byYear.map(({ year, amount }) => [
      year,
      toMoney((parseMinor(amount.amount, amount.currency) ?? 0n) * BigInt(COVERED), 'EUR'),
    ]),
  );
  const fund = await createFund(api, `Contention ${randomUUID()}`, budgets);
  const request = await selectRequest(api, demo, PARALLEL);
  const planned: AssignmentView[] = [];
  for (let index = 0; index < PARALLEL; index += PLANNING_AT_ONCE) {
    planned.push(
      ...(await Promise.all(
        Array.from({ length: PLANNING_AT_ONCE }, () => plannedAssignment(api, demo, request.id, fund.id)),
      )),
    );
  }
  tell(`${planned.length} assignments planned and accepted by the employer`);

  const outcomes = await Promise.all(planned.map((assignment) => confirm(api, assignment)));
  const confirmed = outcomes.filter((status) => status === 'CONFIRMED').length;
  const refused = outcomes.filter((status) => status === 'FUNDING_REFUSED').length;
  tell(`${confirmed} CONFIRMED, ${refused} FUNDING_REFUSED`);
  const commitments = await api.all<CommitmentSummary>(user('auditor'), `/commitments?fundId=${fund.id}`);
  const covered = commitments.filter(({ status }) => status === 'RESERVED' || status === 'COMMITTED').length;
  tell(`${covered} commitments hold money in the ledger`);
  printBalanceSheet(await api.get<FundBalancesView>(user('auditor'), `/funds/${fund.id}/balances`));
  if (confirmed !== COVERED || refused !== PARALLEL - COVERED || covered !== COVERED)
    throw new Error('cover was not decided exactly');
  return { confirmed, refused, covered };
}

async function plannedAssignment(
  api: ApiClient,
  demo: DemoCase,
  expertRequestId: string,
  fundId: string,
): Promise<AssignmentView> {
  const expert = await recruitExpert(api, demo);
  const planned = await api.post<AssignmentView>(user('programme-officer'), '/assignments', {
    expertRequestId,
    expertId: expert.id,
    employerMunicipalityId: demo.partner.id,
    fundId,
    period: demo.period,
    fullTimePercent: 100,
    costInputs: demo.costInputs,
  });
  const employer = user('municipality-partner', { municipalityId: demo.partner.id });
  return api.post<AssignmentView>(
    employer,
    `/assignments/${planned.id}/partner-decisions`,
    { outcome: 'ACCEPTED' },
    { ifMatch: planned.version },
  );
}

async function confirm(api: ApiClient, assignment: AssignmentView): Promise<string> {
  try {
    await api.post(
      user('programme-officer'),
      `/assignments/${assignment.id}/confirmations`,
      {},
      { ifMatch: assignment.version, waitSeconds: 10 },
    );
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.code !== 'STAFFING_ASSIGNMENT_FUNDING_REFUSED') throw error;
  }
  return (await waitForStatus(api, assignment.id, ['CONFIRMED', 'FUNDING_REFUSED'])).status;
}
