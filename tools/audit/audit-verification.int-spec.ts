import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { register } from 'prom-client';
import { blockPayout } from '#contracts/finance';
import { Audit } from '#messaging';
import { HealthRegistry } from '#platform';
import { eventually } from '#testing';
import { BankLoop } from '../../apps/finance/test/bank-loop';
import { FINANCE, FinanceWorld } from '../../apps/finance/test/finance-world';
import { verifyFromOutside, verifySettings } from './verify-services';

const KEY = generateKeyPairSync('ed25519');
const PUBLIC = JSON.stringify([KEY.publicKey.export({ format: 'jwk' })]);
const DAY_MS = 86_400_000;

let world: FinanceWorld;
let folder: string;
let places: string;
let auditUrl: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fund-audit-'));
  places = join(folder, 'checkpoints');
  writeFileSync(join(folder, 'keys.json'), PUBLIC);
  world = await FinanceWorld.start({
    CHECKPOINT_KEY: KEY.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    CHECKPOINT_DIRECTORY: places,
    AUDIT_WATCH_MS: '100',
  });
  const { name, serviceUrl } = world.app.testDatabase;
  await asAdmin(`GRANT CONNECT ON DATABASE "${name}" TO ro_audit`);
  auditUrl = serviceUrl.replace('svc_finance', 'ro_audit');
}, 120_000);
afterAll(async () => {
  await world?.app.close();
  rmSync(folder, { recursive: true, force: true });
});

const asAdmin = <Row extends object>(sql: string, parameters?: unknown[]) =>
  world.app.testDatabase.asAdmin<Row & Record<string, unknown>>(sql, parameters);
const audit = () => world.app.app.get(Audit, { strict: false });
const documents = () => readdirSync(places).sort();

/** What `npm run audit:verify` says, in sentences. */
async function byPlatform(): Promise<string[]> {
  const settings = verifySettings.parse({
    AUDIT_DATABASE_URL: auditUrl,
    CHECKPOINT_PUBLIC_KEYS: PUBLIC,
    CHECKPOINT_DIRECTORY: places,
  });
  return (await verifyFromOutside('finance', settings)).findings.map(({ sentence }) => sentence);
}

/** What the verifier in one file says, and its exit code. */
async function byVerifier(...more: string[]): Promise<{ code: number | null; text: string }> {
  const file = resolve('deploy/audit-verifier.mjs');
  const source = more.length > 0 ? more : ['--database', auditUrl];
  const child = spawn(process.execPath, [
    ...[file, '--services', 'finance', '--checkpoints', places, '--keys', join(folder, 'keys.json')],
    ...source,
  ]);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (text += part.toString()));
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return { code, text };
}

const unsealed = `SELECT (SELECT count(*) FROM audit_unsealed)::int + (SELECT count(*) FROM journal_entry e
  WHERE NOT EXISTS (SELECT FROM journal_seal s WHERE s.entry_id = e.id))::int AS left`;

async function everythingSealed(): Promise<void> {
  await eventually(async () => expect(await asAdmin(unsealed)).toEqual([{ left: 0 }]));
}

describe('the schedule of a service', () => {
  it('signs a checkpoint, brings it outside and verifies everything, once a day and by itself', async () => {
    await eventually(() => expect(documents()).toEqual(['finance-000001-2027-02-10.json']));
    await eventually(async () =>
      expect(await asAdmin(`SELECT findings, day::text FROM audit_verification WHERE name = 'verification'`)).toEqual([
        { findings: [], day: '2027-02-10' },
      ]),
    );
    await audit().watch.keepWatch();
    await audit().watch.keepWatch();
    expect(documents()).toHaveLength(1);
    expect(await register.getSingleMetricAsString('audit_findings')).toContain('audit_findings 0');
  });

  it('signs the days that were missed, each after the one before', async () => {
    world.clock.advance(3 * DAY_MS);
    await eventually(() =>
      expect(documents()).toEqual([
        'finance-000001-2027-02-10.json',
        'finance-000002-2027-02-11.json',
        'finance-000003-2027-02-12.json',
        'finance-000004-2027-02-13.json',
      ]),
    );
    expect(await byPlatform()).toEqual([]);
    world.clock.advance(-3 * DAY_MS);
  });
});

describe('what a superuser does behind the platform', () => {
  beforeAll(async () => {
    const bank = new BankLoop(world);
    await bank.sentRun();
    const [due] = await world.duePayouts();
    const request = { payoutId: due?.id ?? '', reason: 'The invoice is disputed' };
    await world.app.rpc(blockPayout, request, FINANCE, { expectedVersion: due?.version });
    await bank.importFile(bank.statement([{ amount: '12.34', on: '2027-02-10' }]));
    await everythingSealed();
    await audit().checkpoints.takeNow();
    await audit().checkpoints.deliver();
  }, 120_000);

  it('is nothing, and both verifiers say so', async () => {
    expect(await byPlatform()).toEqual([]);
    const { code, text } = await byVerifier();
    expect(text).toContain('Everything is as it was signed.');
    expect(code).toBe(0);
  });

  const A = ['audit_record', 'audit_seal', 'audit_unsealed', 'audit_why'];
  const J = ['journal_line', 'journal_entry', 'journal_seal'];
  const record = (seq: number) => `(SELECT audit_record_id FROM audit_seal WHERE seq = ${seq})`;
  const entry = (seq: number) => `(SELECT entry_id FROM journal_seal WHERE seq = ${seq})`;
  const swap = (table: string) =>
    `UPDATE ${table} SET seq = -1 WHERE seq = 3; UPDATE ${table} SET seq = 3 WHERE seq = 4; UPDATE ${table} SET seq = 4 WHERE seq = -1`;

  /** In one transaction: what the service writes meanwhile is in all tables or in none. */
  async function restoring(tables: readonly string[]): Promise<string> {
    const lists = await asAdmin<{ table: string; list: string }>(
      `SELECT attrelid::regclass::text AS table, string_agg(quote_ident(attname), ', ') AS list FROM pg_attribute
       WHERE attrelid = ANY ($1::regclass[]) AND attnum > 0 AND NOT attisdropped AND attgenerated = '' GROUP BY 1`,
      [tables],
    );
    const statements = lists.map(
      ({ table, list }) => `DELETE FROM ${table};
        INSERT INTO ${table} (${list}) SELECT ${list} FROM kept_${table}; DROP TABLE kept_${table}`,
    );
    return [`LOCK TABLE ${tables.join(', ')}`, ...statements].join('; ');
  }

  it.each<[string, string[], string, RegExp]>([
    [
      'an audit record changed',
      A,
      `UPDATE audit_record SET actor = 'nobody' WHERE id = ${record(4)}`,
      /audit record .* \(number 4\) was changed/,
    ],
    [
      'its changes changed',
      A,
      `UPDATE audit_record SET changes = '[]' WHERE id = (SELECT id FROM audit_record WHERE changes IS NOT NULL ORDER BY id LIMIT 1)`,
      /audit record .* was changed/,
    ],
    [
      'a reason changed',
      A,
      `UPDATE audit_why SET text = 'another' WHERE audit_record_id = (SELECT min(audit_record_id::text)::uuid FROM audit_why)`,
      /audit record .* was changed/,
    ],
    ['a reason deleted', A, 'DELETE FROM audit_why', /audit record .* was changed/],
    [
      'a record set to an older format',
      A,
      'UPDATE audit_seal SET format = 1 WHERE seq = 4',
      /audit record .* \(number 4\) was changed/,
    ],
    [
      'an audit record deleted',
      A,
      `DELETE FROM audit_record WHERE id = ${record(4)}`,
      /audit record .* \(number 4\) was deleted/,
    ],
    [
      'record and seal deleted',
      A,
      `DELETE FROM audit_record WHERE id = ${record(4)}; DELETE FROM audit_seal WHERE seq = 4`,
      /audit record number 4 and its seal are missing/,
    ],
    [
      'an audit record inserted',
      A,
      `INSERT INTO audit_record SELECT gen_random_uuid(), recorded_at, actor, operation, object_id, 99, correlation_id, details, changes, NULL FROM audit_record LIMIT 1`,
      /audit record .* is not in the chain/,
    ],
    ['two audit records swapped', A, swap('audit_seal'), /audit record .* does not follow the one before/],
    [
      'the end of the trail cut',
      A,
      `DELETE FROM audit_record WHERE id IN (SELECT audit_record_id FROM audit_seal ORDER BY seq DESC LIMIT 3); DELETE FROM audit_seal WHERE seq > (SELECT max(seq) - 3 FROM audit_seal)`,
      /audit record number \d+ and its seal are missing; a signed checkpoint counted|The end was cut off/,
    ],
    [
      'the trail emptied',
      A,
      'DELETE FROM audit_record; DELETE FROM audit_seal; DELETE FROM audit_unsealed',
      /Every audit record is gone/,
    ],
    [
      'a journal line changed',
      J,
      `UPDATE journal_line SET amount_minor = amount_minor + 1 WHERE entry_id = ${entry(4)}`,
      /journal entry .* \(number 4\) was changed/,
    ],
    [
      'who booked it changed',
      J,
      `UPDATE journal_entry SET booked_by = 'nobody' WHERE id = ${entry(4)}`,
      /journal entry .* \(number 4\) was changed/,
    ],
    [
      'a journal entry deleted',
      J,
      `DELETE FROM journal_line WHERE entry_id = ${entry(4)}; DELETE FROM journal_entry WHERE id = ${entry(4)}`,
      /journal entry .* \(number 4\) was deleted/,
    ],
    [
      'a journal entry inserted',
      J,
      `INSERT INTO journal_entry (id, fund_id, kind, reference, effective_on, correlation_id, booked_at) SELECT gen_random_uuid(), fund_id, kind, 'forged', effective_on, 'x', booked_at - interval '2 hours' FROM journal_entry LIMIT 1`,
      /journal entry .* is not in the chain/,
    ],
    ['two journal entries swapped', J, swap('journal_seal'), /journal entry .* does not follow the one before/],
    [
      'the end of the journal cut',
      J,
      `DELETE FROM journal_line WHERE entry_id IN (SELECT entry_id FROM journal_seal ORDER BY seq DESC LIMIT 2); DELETE FROM journal_entry WHERE id IN (SELECT entry_id FROM journal_seal ORDER BY seq DESC LIMIT 2); DELETE FROM journal_seal WHERE seq > (SELECT max(seq) - 2 FROM journal_seal)`,
      /journal entry number \d+ and its seal are missing; a signed checkpoint counted|The end was cut off/,
    ],
    [
      'the journal emptied',
      J,
      'DELETE FROM journal_line; DELETE FROM journal_entry; DELETE FROM journal_seal',
      /Every journal entry is gone/,
    ],
    [
      'a stored balance changed',
      ['ledger_account'],
      `UPDATE ledger_account SET balance_minor = balance_minor + 100 WHERE ctid = (SELECT ctid FROM ledger_account LIMIT 1)`,
      /The stored balance of .* its journal entries add up to/,
    ],
    [
      'a stored balance deleted',
      ['ledger_account'],
      `DELETE FROM ledger_account WHERE stage = 'available' AND balance_minor > 0`,
      /balance of .* its journal entries add up to|stored balance|The balance of .* is gone/,
    ],
    [
      'a planned payout changed',
      ['payout'],
      `UPDATE payout SET amount_minor = amount_minor * 10 WHERE id = (SELECT id FROM payout WHERE status = 'PLANNED' LIMIT 1)`,
      /payouts of commitment .* still to be ordered/,
    ],
    [
      'a sent payout changed',
      ['payout'],
      `UPDATE payout SET amount_minor = amount_minor + 1 WHERE id = (SELECT id FROM payout WHERE status = 'SENT' LIMIT 1)`,
      /The payout .* says .* the journal moved/,
    ],
    [
      'a bank entry changed',
      ['bank_entry'],
      `UPDATE bank_entry SET amount_minor = amount_minor + 1`,
      /bank statement .* add up to/,
    ],
    ['a bank entry deleted', ['bank_entry'], `DELETE FROM bank_entry`, /bank statement .* add up to/],
  ])('%s: both verifiers name it', async (_name, tables, sql, finding) => {
    const asSuperuser = (statements: string) => asAdmin(`SET session_replication_role = replica; ${statements}`);
    await asSuperuser(tables.map((table) => `CREATE TABLE kept_${table} AS TABLE ${table};`).join(' '));
    try {
      await asSuperuser(sql);
      expect((await byPlatform()).join('\n')).toMatch(finding);
      const { code, text } = await byVerifier();
      expect(text).toMatch(finding);
      expect(code).toBe(1);
    } finally {
      await asSuperuser(await restoring(tables));
    }
  });

  it('to the checkpoints outside is named too: one changed, one gone', async () => {
    const path = join(places, 'finance-000002-2027-02-11.json');
    const document = readFileSync(path, 'utf8');
    chmodSync(path, 0o644);
    writeFileSync(path, document.replace('"count": ', '"count": 1'));
    expect((await byPlatform()).join('\n')).toMatch(/was changed after it was signed/);
    expect((await byVerifier()).text).toMatch(/was changed after it was signed/);
    writeFileSync(path, document);
    renameSync(path, join(folder, 'away.json'));
    expect((await byPlatform()).join('\n')).toMatch(
      /finance-000002-2027-02-11.json was written to the directory and is no longer there/,
    );
    expect((await byVerifier()).text).toMatch(/Checkpoints before number 3 are missing/);
    renameSync(join(folder, 'away.json'), path);
    expect(await byPlatform()).toEqual([]);
  });

  it('an erased reason is no finding', async () => {
    await world.app.asServiceRole(`UPDATE audit_why SET text = NULL, erased_at = now()`);
    expect(await byPlatform()).toEqual([]);
    expect((await byVerifier()).code).toBe(0);
    await expect(world.app.asServiceRole(`UPDATE audit_why SET text = 'x', erased_at = NULL`)).rejects.toMatchObject({
      code: '42501',
    });
  });

  it('is verified from an exported file, without the database', async () => {
    const file = join(folder, 'export.ndjson');
    await byVerifier('--database', auditUrl, '--export', file);
    expect(await byVerifier('--read', file)).toMatchObject({ code: 0 });
    writeFileSync(file, readFileSync(file, 'utf8').replace('BUDGET_RELEASED', 'YEAR_LAPSED'));
    const { code, text } = await byVerifier('--read', file);
    expect(text).toMatch(/journal entry .* was changed/);
    expect(code).toBe(1);
  });

  it('turns health and metric red and says so, and well again once it is put right', async () => {
    const change = (sign: string) =>
      asAdmin(`UPDATE ledger_account SET balance_minor = balance_minor ${sign} 100 WHERE stage = 'available'`);
    await change('+');
    await audit().watch.verify();
    const health = world.app.app.get(HealthRegistry, { strict: false });
    const { checks } = await health.report();
    expect(checks['audit']).toEqual({
      status: 'down',
      detail: expect.stringContaining('The stored balance of') as string,
    });
    expect(await register.getSingleMetricAsString('audit_findings')).toMatch(/audit_findings [1-9]/);
    await change('-');
    await audit().watch.verify();
    expect((await health.report()).checks['audit']).toEqual({ status: 'up' });
  });

  it('a place that takes no checkpoint is a finding, and gets it later', async () => {
    renameSync(places, `${places}-away`);
    writeFileSync(places, 'not a folder');
    await audit().checkpoints.takeNow();
    expect((await audit().checkpoints.deliver())[0]?.sentence).toMatch(/could not be written to the directory/);
    rmSync(places);
    renameSync(`${places}-away`, places);
    const before = documents().length;
    expect(await audit().checkpoints.deliver()).toEqual([]);
    expect(documents()).toHaveLength(before + 1);
  });
});
