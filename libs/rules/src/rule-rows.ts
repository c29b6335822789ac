import type { Tx } from '#database';
import type { RuleRow } from './rule-row';

/** Writes rows of the timeline; the database refuses two of a key that hold on the same day. */
export async function writeRows(tx: Tx, rows: readonly RuleRow[]): Promise<void> {
  await tx.execute(
    `INSERT INTO dated_rule (rule_set, key, name, value, unit, valid_from, valid_to, source, mark)
     SELECT "ruleSet", key, name, value, unit, "validFrom", "validTo", source, mark
     FROM json_to_recordset($1::json) AS row ("ruleSet" text, key text, name text, value text, unit text, "validFrom" date,
       "validTo" date, source text, mark text)`,
    [JSON.stringify(rows)],
  );
}
