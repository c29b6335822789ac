import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { createFund, type JournalVerification, openBudgetYear, releaseBudget, verifyJournal } from '#contracts/finance';
import { CHAIN_START, sealHash } from '#messaging';
import { caller } from '#testing';
import { JOURNAL_CHAIN } from '../../apps/finance/src/budget/ledger/journal-subject.rows';
import { type FinanceProcess, startFinanceProcess } from './finance-process';

const BUDGET = caller('budget-officer', { subject: 'berta' });
const AUDITOR = caller('auditor', { subject: 'paula' });
const SEALED_AT_ONCE = 5000;
const YEAR = 2027;

/**
 * `npm run bench:journal-verification`: a journal of 500,000 entries is verified over the API in its parts, with the memory of the
 * finance process; then a balance and an entry are changed past every right, and what is said of it is printed.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { entries: { type: 'string', default: '500000' } } });
  const finance = await startFinanceProcess();
  const db = new Client({ connectionString: finance.database.adminUrl });
  await db.connect();
  try {
    await fill(finance, db, Number(values.entries));
    const before = finance.memoryMiB();
    const { result, peakMiB } = await finance.peakDuring(() => verify(finance));
    const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
    console.log(`entries             ${result.last.checked} of ${result.last.total}`);
    console.log(
      `verified            ${seconds(result.ms)} in ${result.parts} parts, the longest ${seconds(result.longestMs)}`,
    );
    console.log(
      `intact              ${result.last.isIntact && result.said.length === 0 ? 'yes' : result.said.join(' ')}`,
    );
    console.log(`memory (RSS)        ${before} MiB before, ${peakMiB} MiB peak`);
    await db.query(`UPDATE ledger_account SET balance_minor = balance_minor + 100 WHERE stage = 'available'`);
    console.log(`a balance changed   ${(await verify(finance)).said.join(' ')}`);
    await db.query(`UPDATE journal_line SET amount_minor = amount_minor * 2 WHERE entry_id =
      (SELECT entry_id FROM journal_seal ORDER BY seq DESC OFFSET ${Math.floor(Number(values.entries) / 2)} LIMIT 1)`);
    console.log(`an entry changed    ${(await verify(finance)).said.join(' ')}`);
  } finally {
    await db.end();
    await finance.stop();
  }
}

async function verify({ rpc }: FinanceProcess) {
  const said: string[] = [];
  const start = performance.now();
  let longestMs = 0;
  let parts = 0;
  for (let after: string | null = null; ;) {
    const partStart = performance.now();
    const part: JournalVerification = await rpc.call(verifyJournal, after === null ? {} : { after }, AUDITOR);
    longestMs = Math.max(longestMs, performance.now() - partStart);
    parts += 1;
    said.push(...part.findings.map(({ sentence }) => sentence));
    if (part.fault) said.push(`${part.fault.kind} at ${part.fault.seq}`);
    if (part.next === null) return { last: part, said, parts, longestMs, ms: performance.now() - start };
    after = part.next;
  }
}

/** Entries and their seals as the service writes them, in one transaction that nobody sees the half of. */
async function fill({ rpc }: FinanceProcess, db: Client, entries: number): Promise<void> {
  const account = { holder: 'Bench', iban: 'DE75512108001245126199', bic: 'SOGEDEFF' };
  const amount = { amount: '1000000.00', currency: 'EUR' };
  const { id: fundId, version } = await rpc.call(createFund, { name: 'Bench', debtorAccount: account }, BUDGET);
  const opened = await rpc.call(openBudgetYear, { fundId, year: YEAR, plan: amount }, BUDGET, {
    expectedVersion: version,
  });
  await rpc.call(releaseBudget, { fundId, year: YEAR, amount }, BUDGET, { expectedVersion: opened.version });
  await db.query('SET search_path = finance, extensions; SET session_replication_role = replica; BEGIN');
  await db.query(`SELECT pg_advisory_xact_lock(hashtextextended('finance.journal-chain', 0))`);
  await db.query(
    `WITH entry AS (
       INSERT INTO journal_entry (id, fund_id, kind, reference, effective_on, correlation_id, booked_by)
       SELECT gen_random_uuid(), $1, CASE n % 2 WHEN 0 THEN 'COMMITMENT_RESERVED' ELSE 'COMMITMENT_RELEASED' END, 'bench ' || n,
         make_date($3, 3, 1), 'bench', 'bench' FROM generate_series(1, $2::int) AS n RETURNING id, kind)
     INSERT INTO journal_line (entry_id, line, fund_id, budget_year, stage, amount_minor)
     SELECT entry.id, line, $1, $3, stage, CASE kind WHEN 'COMMITMENT_RESERVED' THEN amount ELSE -amount END
     FROM entry, (VALUES (1, 'available', -1), (2, 'reserved', 1)) AS l (line, stage, amount)`,
    [fundId, entries, YEAR],
  );
  await seal(db);
  await db.query('COMMIT');
  await db.query('ANALYZE');
}

async function seal(db: Client): Promise<void> {
  const head = await db.query<{ seq: string; hash: Buffer }>(
    'SELECT seq, hash FROM journal_seal ORDER BY seq DESC LIMIT 1',
  );
  let seq = Number(head.rows[0]?.seq ?? 0);
  let previous = head.rows[0]?.hash ?? CHAIN_START;
  await db.query(
    `DECLARE unsealed CURSOR FOR SELECT r.id, ${JOURNAL_CHAIN.contents.at(-1)} AS content FROM journal_entry r
     WHERE NOT EXISTS (SELECT FROM journal_seal s WHERE s.entry_id = r.id) ORDER BY r.booked_at, r.id`,
  );
  for (;;) {
    const { rows } = await db.query<{ id: string; content: string }>(`FETCH ${SEALED_AT_ONCE} FROM unsealed`);
    if (rows.length === 0) return;
    const seals = rows.map(({ id, content }) => {
      const made = { seq: (seq += 1), id, previous, hash: sealHash(previous, content) };
      previous = made.hash;
      return made;
    });
    await db.query(
      `INSERT INTO journal_seal (seq, entry_id, previous_hash, hash, format)
       SELECT s.*, $5 FROM unnest($1::bigint[], $2::uuid[], $3::bytea[], $4::bytea[]) AS s`,
      [
        seals.map((it) => it.seq),
        seals.map((it) => it.id),
        seals.map((it) => it.previous),
        seals.map((it) => it.hash),
        JOURNAL_CHAIN.contents.length,
      ],
    );
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
