import { createHash } from 'node:crypto';
import type { ServiceName } from '#contracts';
import type { Tx } from '#database';
import { readShipped } from '#platform';
import { readRuleFile } from './rule-file';
import { overlay, type RuleRow } from './rule-row';
import { writeRows } from './rule-rows';
import { keyOf, type RuleFile } from './rule-set';

/**
 * Brings the shipped rules into the service's schema; part of the migration step. A file that did not change is left alone. Of one
 * that did, every row is loaded anew, and what two persons of the fund confirmed is laid over it: an upgrade takes nothing back.
 */
export async function loadRules(tx: Tx, service: ServiceName, files: readonly RuleFile[]): Promise<void> {
  for (const file of files) {
    const text = readShipped(file.path);
    const checksum = checksumOf(file, text);
    const [loaded] = await tx.query<{ checksum: string }>('SELECT checksum FROM dated_rule_load WHERE path = $1', [
      file.path,
    ]);
    if (loaded?.checksum === checksum) continue;
    const sets = file.sets.map(({ name }) => name);
    const confirmed = await confirmedRows(tx, sets);
    const rows = confirmed.reduce(overlay, rowsOf(service, file, text));
    await tx.execute('DELETE FROM dated_rule WHERE rule_set = ANY ($1)', [sets]);
    await writeRows(tx, rows);
    await tx.execute(
      `INSERT INTO dated_rule_load (path, checksum, loaded_at) VALUES ($1, $2, now())
       ON CONFLICT (path) DO UPDATE SET checksum = excluded.checksum, loaded_at = excluded.loaded_at`,
      [file.path, checksum],
    );
  }
}

/** The rows of a shipped file that are a service's. */
export function shippedRules(service: ServiceName, file: RuleFile): RuleRow[] {
  return rowsOf(service, file, readShipped(file.path));
}

function rowsOf(service: ServiceName, file: RuleFile, text: string): RuleRow[] {
  return readRuleFile(file, text).filter(({ ruleSet, key }) => {
    const set = file.sets.find(({ name }) => name === ruleSet);
    return ((set && keyOf(set, key)?.of) ?? service) === service;
  });
}

function confirmedRows(tx: Tx, sets: readonly string[]): Promise<RuleRow[]> {
  return tx.query<RuleRow>(
    `SELECT rule_set, key, name, value, unit, valid_from, valid_to, source,
       'CONFIRMED' AS mark
     FROM rule_proposal WHERE rule_set = ANY ($1) AND status = 'CONFIRMED' ORDER BY decided_at, id`,
    [sets],
  );
}

/** Of the text and of what is expected of it: a key that changes its service moves its rows, too. */
function checksumOf({ sets }: RuleFile, text: string): string {
  const declared = sets.map(({ name, keys }) => [name, Object.entries(keys).map(([key, { of }]) => [key, of ?? null])]);
  return createHash('sha256').update(JSON.stringify(declared)).update(text).digest('hex');
}
