import { type ServiceName, SERVICES, SUBSCRIPTIONS } from '#contracts';

/** One statement in a service's schema, with an administrator's rights. */
export type Ask = (
  service: ServiceName,
  sql: string,
  parameters?: readonly unknown[],
) => Promise<Record<string, unknown>[]>;

/**
 * What must hold once all is quiet, whatever died on the way (docs/reliability.md#what-must-hold-afterwards): nothing lost,
 * nothing doubled, sums right. Answers the violations in words; an empty list is a pass.
 */
export async function violations(ask: Ask): Promise<string[]> {
  const found = await Promise.all([lostMessages(ask), doubledPayouts(ask), unbalancedLedger(ask), halfSagas(ask)]);
  return found.flat();
}

/** Every message a service subscribes to is in its inbox, and it has no other. */
async function lostMessages(ask: Ask): Promise<string[]> {
  const found: string[] = [];
  for (const consumer of SERVICES) {
    const inbox = new Set(
      (await ask(consumer, 'SELECT message_id AS id FROM inbox_message')).map(({ id }) => String(id)),
    );
    for (const { subject, service } of SUBSCRIPTIONS[consumer]) {
      const sent = await ask(service, 'SELECT id FROM outbox_message WHERE subject = $1', [subject]);
      const lost = sent.filter(({ id }) => !inbox.has(String(id))).length;
      if (lost > 0) found.push(`${consumer} never received ${lost} of ${sent.length} ${subject}`);
    }
    const [dead] = await ask(consumer, 'SELECT count(*)::int AS letters FROM dead_letter');
    if (dead?.letters !== 0) found.push(`${consumer} has ${String(dead?.letters)} dead letters`);
  }
  return found;
}

/** One order, one message, one journal entry for each payout that was ordered. */
async function doubledPayouts(ask: Ask): Promise<string[]> {
  const rows = await ask(
    'finance',
    `SELECT p.id,
       (SELECT count(*)::int FROM outbox_message o WHERE o.subject = 'evt.finance.payout.ordered.v1' AND o.aggregate_id = p.id::text) AS messages,
       (SELECT count(*)::int FROM journal_entry e WHERE e.kind = 'PAYOUT_ORDERED' AND e.reference = p.id::text) AS entries
     FROM payout p WHERE p.ordered_by IS NOT NULL`,
  );
  return rows
    .filter(({ messages, entries }) => messages !== 1 || entries !== 1)
    .map(
      ({ id, messages, entries }) =>
        `payout ${String(id)} has ${String(messages)} messages and ${String(entries)} journal entries`,
    );
}

/** Entries add up to zero, stored balances equal the journal, and what was paid equals the payouts that were booked. */
async function unbalancedLedger(ask: Ask): Promise<string[]> {
  const [sums] = await ask(
    'finance',
    `SELECT (SELECT coalesce(sum(amount_minor), 0) FROM journal_line)::text AS total,
       (SELECT coalesce(sum(amount_minor), 0) FROM journal_line WHERE stage = 'paid')::text AS paid,
       (SELECT coalesce(sum(amount_minor), 0) FROM payout WHERE status = 'BOOKED')::text AS booked,
       (SELECT count(*)::int FROM ledger_account a WHERE a.balance_minor <> (
          SELECT coalesce(sum(l.amount_minor), 0) FROM journal_line l
          WHERE l.fund_id = a.fund_id AND l.budget_year = a.budget_year AND l.stage = a.stage)) AS drifted`,
  );
  const found: string[] = [];
  if (sums?.total !== '0') found.push(`the journal adds up to ${String(sums?.total)}`);
  if (sums?.paid !== sums?.booked)
    found.push(`paid ${String(sums?.paid)} in the ledger, booked ${String(sums?.booked)} in payouts`);
  if (sums?.drifted !== 0) found.push(`${String(sums?.drifted)} balances differ from the journal`);
  return found;
}

/** Staffing and finance agree on every assignment that was covered. */
async function halfSagas(ask: Ask): Promise<string[]> {
  const assignments = await ask('staffing', 'SELECT id, status FROM assignment WHERE commitment_id IS NOT NULL');
  const commitments = await ask(
    'finance',
    `SELECT assignment_id AS id, count(*)::int AS count FROM commitment WHERE status IN ('RESERVED', 'COMMITTED', 'RELEASED') GROUP BY 1`,
  );
  const covered = new Map(commitments.map(({ id, count }) => [String(id), Number(count)]));
  const found = assignments
    .filter(({ id }) => covered.get(String(id)) !== 1)
    .map(({ id }) => `assignment ${String(id)} is confirmed with ${covered.get(String(id)) ?? 0} commitments`);
  if (covered.size > assignments.length)
    found.push(`${covered.size} commitments for ${assignments.length} confirmed assignments`);
  const waiting = await ask(
    'staffing',
    `SELECT count(*)::int AS count FROM assignment WHERE status = 'FUNDING_REQUESTED'`,
  );
  if (waiting[0]?.count !== 0)
    found.push(`${String(waiting[0]?.count)} assignments still wait for an answer about cover`);
  return found;
}
