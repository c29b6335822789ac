import type { AssignmentView, ExpertRequestView, ExpertView, ReportView } from '#contracts/staffing';
import type { CostPlanView, PayeeView } from '#contracts/finance';
import type { ApiClient } from './api-client';
import type { DemoCase } from './cases';
import { user } from './demo-token';
import { euros, short, tell } from './story';

const CONFIRM_WAIT_SECONDS = 10;

export async function planAssignment(
  api: ApiClient,
  demo: DemoCase,
  parts: { request: ExpertRequestView; expert: ExpertView; fundId: string },
): Promise<AssignmentView> {
  const estimate = await api.post<CostPlanView>(user('programme-officer'), '/cost-estimates', {
    costInputs: demo.costInputs,
    period: demo.period,
  });
  tell(
    `cost estimate for ${demo.period.from} to ${demo.period.to}: ${euros(estimate.total)} in ${estimate.instalments.length} instalments`,
  );
  const planned = await api.post<AssignmentView>(user('programme-officer'), '/assignments', {
    expertRequestId: parts.request.id,
    expertId: parts.expert.id,
    employerMunicipalityId: demo.partner.id,
    fundId: parts.fundId,
    period: demo.period,
    fullTimePercent: 100,
    costInputs: demo.costInputs,
  });
  return api.post<AssignmentView>(
    user('municipality-partner', { municipalityId: demo.partner.id }),
    `/assignments/${planned.id}/partner-decisions`,
    { outcome: 'ACCEPTED' },
    { ifMatch: planned.version },
  );
}

/** Asks for fund cover, waits for the decision of the finance service, and records the departure. */
export async function confirmAndDepart(
  api: ApiClient,
  demo: DemoCase,
  accepted: AssignmentView,
): Promise<AssignmentView> {
  const path = `/assignments/${accepted.id}`;
  await api.post(
    user('programme-officer'),
    `${path}/confirmations`,
    {},
    { ifMatch: accepted.version, waitSeconds: CONFIRM_WAIT_SECONDS },
  );
  const confirmed = await waitForStatus(api, accepted.id, ['CONFIRMED']);
  tell(
    `${demo.partner.name} accepts the expert; cover granted: assignment ${short(confirmed.id)} ${confirmed.status}, commitment ${short(confirmed.commitmentId ?? '')}`,
  );
  const departed = await api.post<AssignmentView>(
    user('programme-officer'),
    `${path}/departures`,
    { departedOn: demo.period.from },
    { ifMatch: confirmed.version },
  );
  tell(`departure on ${demo.period.from}: ${departed.status}`);
  return departed;
}

/** `Prefer: wait` may end before the outcome when the finance service is away; then the assignment is simply read again. */
export async function waitForStatus(
  api: ApiClient,
  assignmentId: string,
  statuses: readonly string[],
): Promise<AssignmentView> {
  const until = Date.now() + 60_000;
  for (;;) {
    const assignment = await api.get<AssignmentView>(user('programme-officer'), `/assignments/${assignmentId}`);
    if (statuses.includes(assignment.status)) return assignment;
    if (Date.now() > until) throw new Error(`assignment ${assignmentId} is still ${assignment.status}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

export async function registerPayee(api: ApiClient, demo: DemoCase, expert: ExpertView): Promise<PayeeView> {
  const isMunicipality = demo.costInputs.instrument === 'LOCAL_EXPERT';
  const owner = isMunicipality
    ? { kind: 'MUNICIPALITY', municipalityId: demo.partner.id }
    : { kind: 'EXPERT', expertId: expert.id };
  const query = isMunicipality ? `municipalityId=${demo.partner.id}` : `expertId=${expert.id}`;
  const [known] = await api.all<PayeeView>(user('finance-officer'), `/payees?${query}`);
  if (known) return known;
  const name = isMunicipality
    ? `Commune de ${demo.partner.name}`
    : `${demo.person.givenNames} ${demo.person.familyName}`;
  return api.post<PayeeView>(user('finance-officer'), '/payees', {
    ...owner,
    name,
    address: isMunicipality
      ? { town: demo.partner.name, country: demo.partner.country }
      : { street: 'Musterweg', buildingNumber: '1', postCode: '72070', town: 'Tübingen', country: 'DE' },
    bankAccount: { ...demo.account, holder: name },
  });
}

/** The expert reports, both municipalities may comment, the officer accepts; instalments that waited become payable. */
export async function acceptReports(
  api: ApiClient,
  demo: DemoCase,
  assignment: AssignmentView,
  dueUpTo: string,
): Promise<number> {
  const reports = await api.all<ReportView>(user('programme-officer'), `/assignments/${assignment.id}/reports`);
  const due = reports.filter((report) => report.dueOn <= dueUpTo || demo.isFinished);
  for (const report of due) {
    const path = `/reports/${report.id}`;
    const expert = user('expert', { expertId: assignment.expertId });
    const sections = [{ section: 'MILESTONES', text: 'The milestones of the period are reached.' }];
    const submitted = await api.post<ReportView>(
      expert,
      `${path}/submissions`,
      { sections },
      { ifMatch: report.version },
    );
    const comment = { text: 'Read with thanks; we agree.' };
    const commented = await api.post<ReportView>(
      user('municipality-partner', { municipalityId: demo.partner.id }),
      `${path}/comments`,
      comment,
      { ifMatch: submitted.version },
    );
    await api.post(user('programme-officer'), `${path}/acceptances`, {}, { ifMatch: commented.version });
  }
  return due.length;
}
