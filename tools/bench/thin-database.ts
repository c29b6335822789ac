import { Client, escapeIdentifier } from 'pg';
import { databaseAdminUrl } from '../demo/environment';
import { benchId, LISTED } from './listed';
import { EVENT_SEATS } from './registrations';

const DATABASE = 'fund_bench';
/** Orders that the yardstick's fund pays in a bench. */
const PAYOUTS = 200_000;
const EVENTS = 100;

export interface ThinDatabase {
  readonly url: string;
  readonly payoutIds: readonly string[];
  /** Of events with room for EVENT_SEATS people each. */
  readonly eventIds: readonly string[];
  readonly drop: () => Promise<void>;
}

/** A database of the yardstick's own on the platform's server, with as many rows; made anew, and dropped by `drop`. */
export async function makeThinDatabase(): Promise<ThinDatabase> {
  const url = new URL(await databaseAdminUrl());
  const drop = () => asAdmin(url, `DROP DATABASE IF EXISTS ${escapeIdentifier(DATABASE)} WITH (FORCE)`);
  await drop();
  await asAdmin(url, `CREATE DATABASE ${escapeIdentifier(DATABASE)}`);
  const own = new URL(url);
  own.pathname = `/${DATABASE}`;
  await asAdmin(own, TABLES);
  await asAdmin(own, ROWS);
  // Outside a transaction, so that an index-only scan need not look at the table.
  await asAdmin(own, 'VACUUM ANALYZE');
  const ids = (length: number) => Array.from({ length }, (_, index) => benchId(index + 1));
  return { url: own.toString(), payoutIds: ids(PAYOUTS), eventIds: ids(EVENTS), drop };
}

async function asAdmin(url: URL, sql: string): Promise<void> {
  const client = new Client({ connectionString: url.toString() });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** As one would make them for these four questions alone. */
const TABLES = `
CREATE TABLE municipality (
  id uuid PRIMARY KEY, version int NOT NULL, side text NOT NULL, kind text NOT NULL, name text NOT NULL, name_local text,
  name_latin text, country text NOT NULL, population int, population_on date, identifiers jsonb NOT NULL,
  created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL
);
CREATE TABLE partnership (
  id uuid PRIMARY KEY, version int NOT NULL, kind text NOT NULL, status text NOT NULL, status_since date NOT NULL,
  languages text[] NOT NULL, fields jsonb NOT NULL, period_from date, period_to date, status_changes jsonb NOT NULL,
  german_id uuid NOT NULL REFERENCES municipality, partner_id uuid NOT NULL REFERENCES municipality,
  created_at timestamptz NOT NULL, updated_at timestamptz NOT NULL
);
CREATE TABLE event (
  id uuid PRIMARY KEY, status text NOT NULL, registration_deadline_at timestamptz NOT NULL, capacity int NOT NULL, taken int NOT NULL,
  arrivals int NOT NULL
) WITH (fillfactor = 50);
CREATE TABLE registration (
  id uuid PRIMARY KEY, version int NOT NULL, event_id uuid NOT NULL REFERENCES event, kind text NOT NULL, registrant_group text NOT NULL,
  attendance_mode text NOT NULL, municipality_id uuid, registered_by text NOT NULL, seats int NOT NULL, status text NOT NULL,
  queue_number int NOT NULL, registered_at timestamptz NOT NULL, offer_expires_at timestamptz, confirmed_at timestamptz,
  cancelled_at timestamptz, checked_in_at timestamptz, seats_attended int, UNIQUE (event_id, queue_number)
);
CREATE TABLE participant (
  id uuid PRIMARY KEY, version int NOT NULL, event_id uuid NOT NULL, registration_id uuid NOT NULL REFERENCES registration, name text NOT NULL,
  email text NOT NULL, is_open boolean NOT NULL
);
CREATE UNIQUE INDEX ON participant (event_id, lower(email)) WHERE is_open;
CREATE INDEX ON participant (registration_id);
CREATE TABLE fund_year (
  fund_id uuid NOT NULL, year int NOT NULL, committed bigint NOT NULL CHECK (committed >= 0), payable bigint NOT NULL,
  PRIMARY KEY (fund_id, year)
) WITH (fillfactor = 50);
CREATE TABLE payout (
  id uuid PRIMARY KEY, version int NOT NULL, fund_id uuid NOT NULL, year int NOT NULL, amount bigint NOT NULL, status text NOT NULL,
  reference text NOT NULL, category text NOT NULL, due_on date NOT NULL, payee text NOT NULL, iban text NOT NULL,
  factually_checked_by text, factually_checked_at timestamptz, arithmetically_checked_by text, arithmetically_checked_at timestamptz,
  ordered_by text, ordered_at timestamptz, order_hash text
);
CREATE TABLE entry (id uuid PRIMARY KEY, fund_id uuid NOT NULL, payout_id uuid NOT NULL, made_at timestamptz NOT NULL);
CREATE TABLE entry_line (entry_id uuid NOT NULL, account text NOT NULL, amount bigint NOT NULL, PRIMARY KEY (entry_id, account));
CREATE TABLE message (id uuid PRIMARY KEY, subject text NOT NULL, data jsonb NOT NULL, made_at timestamptz NOT NULL);`;

// Set-based and indexed afterwards: 100,000 rows in a few seconds.
const ROWS = `
INSERT INTO municipality SELECT ${LISTED.municipalityId('n')}, 1, 'PARTNER', 'MUNICIPALITY', ${LISTED.name('n')}, NULL, NULL,
  ${LISTED.country('n')}, 90000, '2020-12-31', '[]', now(), now() FROM generate_series(0, ${LISTED.municipalities - 1}) AS n;
INSERT INTO partnership SELECT ${LISTED.partnershipId('n')}, 2, ${LISTED.kind('n')}, ${LISTED.status('n')}, ${LISTED.since('n')},
  '{en,sw}', '[{"key":"waste_management","percent":100}]', '2014-04-01', NULL,
  jsonb_build_array(
    jsonb_build_object('status', 'PROPOSED', 'on', '2014-04-01', 'recordedBy', 'adviser', 'recordedAt', '2026-01-01T12:00:00.000Z', 'note', NULL),
    jsonb_build_object('status', ${LISTED.status('n')}, 'on', ${LISTED.since('n')}, 'recordedBy', 'adviser',
      'recordedAt', '2026-01-01T12:00:00.000Z', 'note', NULL)),
  ${LISTED.municipalityId('0')}, ${LISTED.municipalityId(LISTED.partnerOf('n'))},
  ${LISTED.createdAt('n')}, ${LISTED.updatedAt('n')} FROM generate_series(1, ${LISTED.partnerships}) AS n;
CREATE INDEX ON partnership (status, updated_at, id);
INSERT INTO event SELECT ${LISTED.partnershipId('n')}, 'PUBLISHED', now() + interval '1 day', ${EVENT_SEATS}, 0, 0
FROM generate_series(1, ${EVENTS}) AS n;
INSERT INTO fund_year VALUES (${LISTED.partnershipId('1')}, 2026, 1000000000000, 0);
INSERT INTO payout SELECT ${LISTED.partnershipId('n')}, 1, ${LISTED.partnershipId('1')}, 2026, 1000, 'ARITHMETICALLY_CHECKED',
  'Payout ' || n, 'SALARY', '2026-12-01', 'Bench Payee ' || n % 20, 'DE75512108001245126199', 'olga', now(), 'fritz', now()
FROM generate_series(1, ${PAYOUTS}) AS n;`;
