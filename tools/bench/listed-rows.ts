import { Client } from 'pg';
import { databaseAdminUrl } from '../demo/environment';
import { BENCH_IDS_FROM, BENCH_IDS_TO, LISTED } from './listed';

/**
 * 100,000 partnerships for the lists, written past the service in a few statements; each has one German municipality of the demo and
 * one made up. `remove` takes them away; what an earlier bench left is taken away first.
 */
export async function addListedPartnerships(germanMunicipalityId: string): Promise<{ remove: () => Promise<void> }> {
  const remove = () => asAdmin(REMOVE);
  await remove();
  await asAdmin(rowsOf(germanMunicipalityId));
  await asAdmin(`VACUUM ANALYZE ${TABLES}`);
  return { remove };
}

/** Without triggers: they look at one row after the other, and keep what a bench has to take away again. */
async function asAdmin(sql: string): Promise<void> {
  const client = new Client({
    connectionString: await databaseAdminUrl(),
    options: '-c search_path=partnership,extensions -c session_replication_role=replica',
  });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

const TABLES = 'municipality, partnership, partnership_participant, partnership_field, partnership_status_change';
const IN_BENCH = (column: string) => `${column} BETWEEN '${BENCH_IDS_FROM}' AND '${BENCH_IDS_TO}'`;
const REMOVE = `
  DELETE FROM partnership_status_change WHERE ${IN_BENCH('partnership_id')};
  DELETE FROM partnership_field WHERE ${IN_BENCH('partnership_id')};
  DELETE FROM partnership_participant WHERE ${IN_BENCH('partnership_id')};
  DELETE FROM partnership WHERE ${IN_BENCH('id')};
  DELETE FROM municipality WHERE ${IN_BENCH('id')};`;

const rowsOf = (germanMunicipalityId: string) => `
  INSERT INTO municipality (id, version, side, kind, name, country, created_at, updated_at)
  SELECT ${LISTED.municipalityId('n')}, 1, 'PARTNER', 'MUNICIPALITY', ${LISTED.name('n')}, ${LISTED.country('n')}, now(), now()
  FROM generate_series(1, ${LISTED.municipalities - 1}) AS n;
  INSERT INTO partnership (id, version, kind, status, status_since, languages, period_from, created_at, updated_at)
  SELECT ${LISTED.partnershipId('n')}, 2, ${LISTED.kind('n')}, ${LISTED.status('n')}, ${LISTED.since('n')}, '{en,sw}', '2014-04-01',
    ${LISTED.createdAt('n')}, ${LISTED.updatedAt('n')} FROM generate_series(1, ${LISTED.partnerships}) AS n;
  INSERT INTO partnership_participant (partnership_id, position, municipality_id)
  SELECT ${LISTED.partnershipId('n')}, position,
    CASE position WHEN 1 THEN '${germanMunicipalityId}' ELSE ${LISTED.municipalityId(LISTED.partnerOf('n'))} END
  FROM generate_series(1, ${LISTED.partnerships}) AS n, generate_series(1, 2) AS position;
  INSERT INTO partnership_field (partnership_id, field_key, percent, position)
  SELECT ${LISTED.partnershipId('n')}, 'waste_management', 100, 1 FROM generate_series(1, ${LISTED.partnerships}) AS n;
  INSERT INTO partnership_status_change (partnership_id, sequence, status, effective_on, recorded_by, recorded_at)
  SELECT ${LISTED.partnershipId('n')}, sequence, CASE sequence WHEN 1 THEN 'PROPOSED' ELSE ${LISTED.status('n')} END,
    CASE sequence WHEN 1 THEN '2014-04-01' ELSE ${LISTED.since('n')} END, 'adviser', '2026-01-01T12:00:00Z'
  FROM generate_series(1, ${LISTED.partnerships}) AS n, generate_series(1, 2) AS sequence;
  UPDATE partnership SET participants = partnership_participants(id), fields_of_action = partnership_fields(id),
    status_changes = partnership_status_changes(id) WHERE ${IN_BENCH('id')};`;
