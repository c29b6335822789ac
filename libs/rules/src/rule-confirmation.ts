import { AppError } from '#contracts';
import type { Tx } from '#database';
import { overlay, type RuleRow } from './rule-row';
import { writeRows } from './rule-rows';
import type { RuleFile } from './rule-set';

/** Lays a confirmed row over the timeline of its key. */
export async function confirmRow(tx: Tx, { sets, rowsMax }: RuleFile, own: RuleRow): Promise<void> {
  // Two rows of one key that are confirmed at once would each be laid over what the other does not see.
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('dated_rule', 0))`);
  const before = await tx.query<RuleRow>(
    `DELETE FROM dated_rule WHERE rule_set = $1 AND key = $2
     RETURNING rule_set, key, name, value, unit, valid_from, valid_to, source, mark`,
    [own.ruleSet, own.key],
  );
  await writeRows(tx, overlay(before, own));
  const [all] = await tx.query<{ rows: number }>(
    'SELECT count(*)::int AS rows FROM dated_rule WHERE rule_set = ANY ($1)',
    [sets.map(({ name }) => name)],
  );
  if (all && all.rows > rowsMax) throw new AppError('PLATFORM_RULE_ROWS_EXHAUSTED', { rowsMax });
}
