import type { Tx } from '#database';
import { readInstrumentRules, RuleBook } from '../../commitments/instrument-rules/instrument-rules.reader';
import type { Gates, Payout } from './payout.entity';
import { type Advance, isUseProven } from './proof-gate';
import type { ProvenUse } from './proven-use.port';

/** What stands between instalments and their being due, as it is now. The caller holds the gates' lock. */
export async function readGates(
  tx: Tx,
  payouts: readonly Payout[],
  provenUse: ProvenUse,
): Promise<(payout: Payout) => Gates> {
  const payeeOf = await readPayees(tx, payouts);
  const acceptedOf = await readAcceptedReports(tx, payouts);
  const isProven = await readProofs(tx, payouts, provenUse);
  return (payout) => ({
    payeeId: payeeOf.get(payout.payeeOwnerId),
    acceptedReports: acceptedOf.get(payout.assignmentId ?? '') ?? 0,
    isUseProven: isProven(payout),
  });
}

async function readPayees(tx: Tx, payouts: readonly Payout[]): Promise<Map<string, string>> {
  const payees = await tx.query<{ id: string; ownerId: string }>(
    `SELECT id, coalesce(expert_id, municipality_id, id) AS owner_id FROM payee
     WHERE expert_id = ANY ($1) OR municipality_id = ANY ($1) OR (id = ANY ($1) AND kind = 'SUPPLIER')`,
    [[...new Set(payouts.map((payout) => payout.payeeOwnerId))]],
  );
  return new Map(payees.map((it) => [it.ownerId, it.id]));
}

async function readAcceptedReports(tx: Tx, payouts: readonly Payout[]): Promise<Map<string, number>> {
  const reports = await tx.query<{ assignmentId: string; accepted: number }>(
    `SELECT assignment_id, count(*)::int AS accepted FROM accepted_report_copy
     WHERE assignment_id = ANY ($1) GROUP BY assignment_id`,
    [[...new Set(payouts.map((payout) => payout.assignmentId))]],
  );
  return new Map(reports.map((it) => [it.assignmentId, it.accepted]));
}

/** The instalments that wait for reports wait for the proof of the money before as well. */
async function readProofs(
  tx: Tx,
  payouts: readonly Payout[],
  provenUse: ProvenUse,
): Promise<(payout: Payout) => boolean> {
  const gated = payouts.filter((payout) => payout.requiredReports > 0);
  if (gated.length === 0) return () => true;
  const commitmentIds = [...new Set(gated.map((payout) => payout.commitmentId))];
  const advances = await readAdvances(tx, payouts, commitmentIds);
  const proven = await provenUse.read(tx, commitmentIds);
  const rules = new RuleBook('LOCAL_EXPERT', await readInstrumentRules(tx));
  return ({ requiredReports, commitmentId, dueOn }) =>
    requiredReports === 0 ||
    isUseProven(dueOn, advances.get(commitmentId) ?? [], {
      provenMinor: proven.get(commitmentId) ?? 0n,
      sharePercent: BigInt(rules.count('proof-share', dueOn)),
    });
}

/** What the commitments paid or will pay, with the payouts that are about to be written. What came back is paid by another payout. */
async function readAdvances(
  tx: Tx,
  payouts: readonly Payout[],
  commitmentIds: readonly string[],
): Promise<Map<string, Advance[]>> {
  const rows = await tx.query<Advance & { id: string; commitmentId: string }>(
    `SELECT id, commitment_id, due_on, amount_minor FROM payout
     WHERE commitment_id = ANY ($1::uuid[]) AND status NOT IN ('REJECTED', 'RETURNED', 'CANCELLED')`,
    [commitmentIds],
  );
  const byId = new Map([...payouts, ...rows].map((it) => [it.id, it]));
  return Map.groupBy(byId.values(), ({ commitmentId }) => commitmentId);
}
