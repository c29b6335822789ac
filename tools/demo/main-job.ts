import type { AssignmentView } from '#contracts/staffing';
import type { CostPlanView, FundBalancesView, PayoutView } from '#contracts/finance';
import type { ApiClient } from './api-client';
import { acceptReports, confirmAndDepart, planAssignment, registerPayee } from './assignment';
import { printBalanceSheet } from './balance-sheet';
import { today } from './calendar';
import { DEMO_CASES, type DemoCase } from './cases';
import { user } from './demo-token';
import { holdDialogueEvent } from './dialogue-event';
import { recruitExpert, selectRequest } from './expert-request';
import type { FinanceDepartment } from './finance-department';
import { budgetsFor, createFund } from './fund';
import { ensureExchangeRate } from './exchange-rates';
import { ensurePartnership } from './partnerships';
import { payWhatIsDue, waitForPayouts } from './payments';
import { proveFirstInstalment } from './proof-of-use';
import { ensureSanctionsList } from './sanctions';
import { euros, heading, short, tell } from './story';

const EVENTS_TIMEOUT_MS = 60_000;

/** The main job of the fund, end to end, over HTTP. Throws when anything does not add up. */
export async function runMainJob(
  api: ApiClient,
  department: FinanceDepartment,
  cases: readonly DemoCase[] = DEMO_CASES,
): Promise<void> {
  heading('Partnerships from the official register');
  for (const demo of cases) {
    const partnership = await ensurePartnership(api, demo);
    tell(
      `${demo.german.name} (AGS ${demo.german.ags}) and ${demo.partner.name} (${demo.partner.country}): ${partnership.kind} ${partnership.status}`,
    );
  }

  heading('The fund and its budget');
  const plans = await Promise.all(
    cases.map((demo) =>
      api.post<CostPlanView>(user('programme-officer'), '/cost-estimates', {
        costInputs: demo.costInputs,
        period: demo.period,
      }),
    ),
  );
  const fund = await createFund(api, `Demo ${new Date().toISOString()}`, budgetsFor(plans, 125n));
  tell(
    `fund ${short(fund.id)}: ${fund.budgetYears.map(({ year, released }) => `${year} ${euros(released)}`).join(', ')}`,
  );

  await ensureSanctionsList(api);
  await ensureExchangeRate(api, 'TZS');

  heading('From the joint request to the departure');
  const assignments: AssignmentView[] = [];
  for (const demo of cases) {
    const request = await selectRequest(api, demo);
    const expert = await recruitExpert(api, demo);
    const planned = await planAssignment(api, demo, { request, expert, fundId: fund.id });
    const payee = await registerPayee(api, demo, expert);
    tell(
      `payee ${short(payee.id)} is ${payee.kind === 'EXPERT' ? 'the expert' : 'the municipality'}, paid by ${payee.paymentType} transfer`,
    );
    assignments.push(await confirmAndDepart(api, demo, planned));
  }

  heading('Payments: four acts by four people, payment run, bank file');
  await waitForPayouts(
    api,
    assignments.map(({ id }) => id),
  );
  let paid = await payWhatIsDue(api, fund.id);

  heading('Reports and proof of use, the instalments that waited for them, completion');
  paid += await reportAndComplete(api, fund.id, { cases, assignments });
  tell(`${paid} payouts paid in all`);

  heading('Dialogue event');
  await holdDialogueEvent(api);

  heading('The fund at the end');
  await printResult(api, department, fund.id);
}

async function reportAndComplete(
  api: ApiClient,
  fundId: string,
  { cases, assignments }: { cases: readonly DemoCase[]; assignments: readonly AssignmentView[] },
): Promise<number> {
  let paid = 0;
  for (const [index, demo] of cases.entries()) {
    const assignment = assignments[index];
    if (!assignment) continue;
    const accepted = await acceptReports(api, demo, assignment, today());
    tell(`${demo.partner.name}: ${accepted} reports submitted, commented and accepted`);
    if (accepted > 0) await proveFirstInstalment(api, demo, assignment);
    if (accepted > 0) paid += await payUntilNothingWaits(api, fundId, assignment.id, demo.isFinished);
    if (!demo.isFinished) continue;
    const current = await api.get<AssignmentView>(user('programme-officer'), `/assignments/${assignment.id}`);
    const completed = await api.post<AssignmentView>(
      user('programme-officer'),
      `/assignments/${assignment.id}/completions`,
      {},
      { ifMatch: current.version },
    );
    tell(`${demo.partner.name}: assignment ${completed.status}`);
  }
  return paid;
}

/** Accepted reports reach finance as messages; what they release may be due a moment later. */
async function payUntilNothingWaits(
  api: ApiClient,
  fundId: string,
  assignmentId: string,
  isFinished: boolean,
): Promise<number> {
  let paid = await payWhatIsDue(api, fundId);
  const until = Date.now() + 30_000;
  const isOpen = (payout: PayoutView) => !['BOOKED', 'CANCELLED'].includes(payout.status);
  while (
    isFinished &&
    Date.now() < until &&
    (await api.all<PayoutView>(user('finance-officer'), `/payouts?assignmentId=${assignmentId}`)).some(isOpen)
  ) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    paid += await payWhatIsDue(api, fundId);
  }
  return paid;
}

async function printResult(api: ApiClient, department: FinanceDepartment, fundId: string): Promise<void> {
  const ordered = (await api.all<PayoutView>(user('finance-officer'), `/payouts?fundId=${fundId}`)).filter(
    (payout) => payout.order !== null,
  ).length;
  const received = await department.waitForOrdered(fundId, ordered, EVENTS_TIMEOUT_MS);
  if (api.retries > 0) tell(`${api.retries} requests were repeated with the same key because a service was away`);
  printBalanceSheet(await api.get<FundBalancesView>(user('auditor'), `/funds/${fundId}/balances`));
  console.log(`payout events received ${received} of ${ordered}`);
  if (received !== ordered || ordered === 0)
    throw new Error('the finance department did not receive every payout event');
}
