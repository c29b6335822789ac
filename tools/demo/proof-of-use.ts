import { createHash } from 'node:crypto';
import type { Money } from '#contracts';
import type { AssignmentView } from '#contracts/staffing';
import type { PayoutView, ProofOfUseView } from '#contracts/finance';
import type { ApiClient } from './api-client';
import type { DemoCase } from './cases';
import { user } from './demo-token';
import { euros, tell } from './story';

/**
 * The partner municipality proves what became of the first instalment for its local expert; the finance officer accepts. Without that
 * the next instalment is not paid.
 */
export async function proveFirstInstalment(api: ApiClient, demo: DemoCase, assignment: AssignmentView): Promise<void> {
  if (demo.costInputs.instrument !== 'LOCAL_EXPERT') return;
  const payouts = await api.all<PayoutView>(user('finance-officer'), `/payouts?assignmentId=${assignment.id}`);
  const [firstDueOn, nextDueOn = demo.period.to] = [...new Set(payouts.map(({ dueOn }) => dueOn))].sort();
  const first = payouts.filter(({ dueOn }) => dueOn === firstDueOn);
  const [some] = first;
  if (!some || firstDueOn === undefined) return;
  const opened = await api.post<ProofOfUseView>(user('programme-officer'), '/proofs-of-use', {
    fundId: some.fundId,
    commitmentId: some.commitmentId,
    kind: 'INTERIM',
    ruleSet: 'BENGO',
    period: { from: firstDueOn, to: nextDueOn },
    plan: first.map(({ category, amount }) => ({ category, planned: amount })),
  });
  const submission = {
    narrative: 'The unit keeps the register of water points and repaired eleven of them.',
    actual: first.map(({ category, amount }) => ({ category, actual: amount })),
    receipts: first.map(({ id, category, amount }) => receiptOf({ id, category, amount, paidOn: firstDueOn })),
  };
  const municipality = user('municipality-partner', { municipalityId: demo.partner.id });
  const path = `/proofs-of-use/${opened.id}`;
  const step = (proof: ProofOfUseView) => ({ ifMatch: proof.version });
  const submitted = await api.post<ProofOfUseView>(municipality, `${path}/submissions`, submission, step(opened));
  const officer = user('finance-officer');
  const inCheck = await api.post<ProofOfUseView>(officer, `${path}/checks`, {}, step(submitted));
  const decision = { reason: 'All receipts seen and right' };
  const accepted = await api.post<ProofOfUseView>(officer, `${path}/acceptances`, decision, step(inCheck));
  const amounts = first.map(({ amount }) => euros(amount)).join(' + ');
  tell(`${demo.partner.name}: proof of use of the first instalment (${amounts}) ${accepted.status}`);
}

function receiptOf(of: Pick<PayoutView, 'id' | 'category'> & { amount: Money; paidOn: string }) {
  const { id, category, amount, paidOn } = of;
  const sha256 = createHash('sha256').update(id).digest('hex');
  return { number: `R-${id}`, sha256, payee: 'Awa Exemple', category, paidOn, amount };
}
