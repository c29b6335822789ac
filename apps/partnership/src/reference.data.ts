import { createHash } from 'node:crypto';
import type { Tx } from '#database';
import { readShipped } from '#platform';
import { loadRules } from '#rules';
import { PLACE_SET } from './places/place-set';
import { CODE_LIST_SETS } from './reference/code-list-sets';
import type { ReferenceSet, TableRows } from './reference-set';
import { REGISTER_SET } from './register/register-set';
import { PARTNERSHIP_RULE_FILES } from './rule-files';

/** Everything shipped in `apps/partnership/data`. */
const SETS: readonly ReferenceSet[] = [...CODE_LIST_SETS, REGISTER_SET, PLACE_SET];

/**
 * Brings the shipped reference data into the database; part of the migration step. A set whose files are unchanged is left
 * alone. Rows are added and changed, never deleted: partnerships and evidence point to them.
 */
export async function loadReferenceData(tx: Tx): Promise<void> {
  await loadRules(tx, 'partnership', PARTNERSHIP_RULE_FILES);
  for (const set of SETS) {
    const contents = set.files.map((file) => readShipped(`apps/partnership/data/${file}`));
    const checksum = checksumOf([String(set.edition), ...contents]);
    const [loaded] = await tx.query<{ checksum: string }>('SELECT checksum FROM reference_data_load WHERE name = $1', [
      set.name,
    ]);
    if (loaded?.checksum === checksum) continue;
    let rows = 0;
    for (const table of set.tables(...contents)) {
      await upsert(tx, table);
      rows += table.rows.length;
      // Without figures about the new rows the planner would not use the search index.
      await tx.query(`ANALYZE ${table.table}`);
    }
    await tx.query(
      `INSERT INTO reference_data_load (name, checksum, rows, loaded_at) VALUES ($1, $2, $3, now())
       ON CONFLICT (name) DO UPDATE SET checksum = excluded.checksum, rows = excluded.rows, loaded_at = excluded.loaded_at`,
      [set.name, checksum, rows],
    );
  }
}

/** One statement for all rows; the column types come from the table itself. */
async function upsert(tx: Tx, { table, key, rows }: TableRows): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const changes = columns.filter((column) => !key.includes(column)).map((column) => `${column} = excluded.${column}`);
  await tx.query(
    `INSERT INTO ${table} (${columns.join(', ')})
     SELECT ${columns.join(', ')} FROM json_populate_recordset(NULL::${table}, $1::json)
     ON CONFLICT (${key.join(', ')}) DO ${changes.length > 0 ? `UPDATE SET ${changes.join(', ')}` : 'NOTHING'}`,
    [JSON.stringify(rows)],
  );
}

function checksumOf(parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
}
