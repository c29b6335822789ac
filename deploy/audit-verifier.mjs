#!/usr/bin/env node
// Verifies the platform's audit trails, its journal and the amounts stored beside it, from outside and without any of its code.
//
//   node audit-verifier.mjs --database postgres://ro_audit:...@host/fund --checkpoints FOLDER --keys KEYS.json
//   node audit-verifier.mjs --database postgres://ro_audit:...@host/fund --export FILE.ndjson
//   node audit-verifier.mjs --read FILE.ndjson --checkpoints FOLDER --keys KEYS.json
//
// `--services finance,staffing` restricts it to those. Needs Node 20 or newer, and the package `pg` to read a database; an exported file needs nothing. FOLDER holds the checkpoints as
// they came (from the folder, the bucket or the mailbox); KEYS.json the public keys, as you noted them when the platform was set up:
// [{"kty":"OKP","crv":"Ed25519","x":"..."}]. Says each finding in one sentence; exit code 1 with any, 2 when it could not verify.
//
// How a chain is made: hash = SHA-256(hash before, 32 bytes, zeros at first; then the record's content in UTF-8). The content is the
// JSON array of the record's columns, as Postgres writes it with the statements below. A checkpoint says how many records each chain
// had, and its last hash: {"checkpoint": {...}, "signature": "<header>..<signature>"}, a detached JWS (RFC 7515) with Ed25519 over
// the checkpoint's canonical JSON (RFC 8785), each with the SHA-256 of the document before it.
import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto';
import { createReadStream, createWriteStream, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

const BATCH = 1000;
const ZEROS = '0'.repeat(64);

const AUDIT = `r.id, to_char(r.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), r.actor,
  r.operation, r.object_id, r.object_version, r.correlation_id, r.details::text`;
const JOURNAL = `r.id, r.fund_id, r.kind, r.reference, to_char(r.booked_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
  r.effective_on, r.correlation_id, r.reverses_entry_id, r.reason, (SELECT json_agg(json_build_array(l.line, l.budget_year, l.stage,
  l.amount_minor, l.category) ORDER BY l.line) FROM SCHEMA.journal_line l WHERE l.entry_id = r.id)`;
const CHAINS = {
  audit: {
    record: 'audit record',
    seals: (after) => `
      SELECT s.seq::text, s.audit_record_id AS id, encode(s.previous_hash, 'hex') AS previous, encode(s.hash, 'hex') AS hash,
        CASE WHEN r.id IS NULL THEN NULL WHEN s.format = 1 THEN json_build_array(${AUDIT})::text
          ELSE json_build_array(${AUDIT}, r.changes::text, encode(r.why_hash, 'hex'))::text END AS content,
        CASE WHEN s.format > 1 THEN encode(r.why_hash, 'hex') END AS "whyHash", encode(w.salt, 'hex') AS salt, w.text AS why,
        w.erased_at IS NOT NULL AS "isErased"
      FROM SCHEMA.audit_seal s LEFT JOIN SCHEMA.audit_record r ON r.id = s.audit_record_id
        LEFT JOIN SCHEMA.audit_why w ON w.audit_record_id = r.id
      WHERE s.seq > ${after} ORDER BY s.seq LIMIT ${BATCH}`,
    unsealed: `SELECT r.id FROM SCHEMA.audit_record r
      WHERE NOT EXISTS (SELECT FROM SCHEMA.audit_seal s WHERE s.audit_record_id = r.id)
        AND (r.recorded_at < now() - interval '5 minutes'
          OR NOT EXISTS (SELECT FROM SCHEMA.audit_unsealed u WHERE u.audit_record_id = r.id)) ORDER BY r.id LIMIT 20`,
  },
  journal: {
    record: 'journal entry',
    seals: (after) => `
      SELECT s.seq::text, s.entry_id AS id, encode(s.previous_hash, 'hex') AS previous, encode(s.hash, 'hex') AS hash,
        CASE WHEN r.id IS NULL THEN NULL WHEN s.format = 1 THEN json_build_array(${JOURNAL})::text
          ELSE json_build_array(${JOURNAL}, r.booked_by)::text END AS content
      FROM SCHEMA.journal_seal s LEFT JOIN SCHEMA.journal_entry r ON r.id = s.entry_id
      WHERE s.seq > ${after} ORDER BY s.seq LIMIT ${BATCH}`,
    unsealed: `SELECT r.id FROM SCHEMA.journal_entry r WHERE r.booked_at < now() - interval '5 minutes'
      AND NOT EXISTS (SELECT FROM SCHEMA.journal_seal s WHERE s.entry_id = r.id) ORDER BY r.id LIMIT 20`,
  },
};
const STORED = {
  balance: `SELECT fund_id || ' ' || budget_year || ' ' || stage AS id, balance_minor::text AS amount FROM SCHEMA.ledger_account`,
  payout: `SELECT id, order_number AS "order", amount_minor::text AS amount FROM SCHEMA.payout
    WHERE coalesce(resume_status, status) IN ('ORDERED', 'IN_RUN', 'SENT', 'BOOKED', 'REJECTED', 'RETURNED')`,
  commitment: `SELECT c.id || ' in ' || y.year AS id, (y.amount_minor - y.ordered_minor - y.released_minor)::text AS expected,
      coalesce(sum(p.amount_minor) FILTER (WHERE p.budget_year = y.year AND coalesce(p.resume_status, p.status) IN
        ('PLANNED', 'BLOCKED', 'DUE', 'FACTUALLY_CHECKED', 'ARITHMETICALLY_CHECKED')), 0)::text AS amount
    FROM SCHEMA.commitment c JOIN SCHEMA.commitment_year y ON y.commitment_id = c.id JOIN SCHEMA.payout p ON p.commitment_id = c.id
    WHERE c.status = 'COMMITTED' GROUP BY c.id, y.year, y.amount_minor, y.ordered_minor, y.released_minor`,
  statement: `SELECT s.id, s.entries_minor::text AS expected, count(e.id)::text AS entries, coalesce(max(e.number), 0)::text AS last,
      coalesce(sum(CASE e.direction WHEN 'DEBIT' THEN -e.amount_minor ELSE e.amount_minor END), 0)::text AS amount
    FROM SCHEMA.bank_statement s LEFT JOIN SCHEMA.bank_entry e ON e.bank_statement_id = s.id GROUP BY s.id, s.entries_minor`,
};

const { values: options } = parseArgs({
  options: Object.fromEntries(
    ['database', 'export', 'read', 'checkpoints', 'keys', 'services'].map((name) => [name, { type: 'string' }]),
  ),
});

const SERVICES = (options.services ?? 'partnership,staffing,finance,events').split(',');

main().catch((error) => {
  console.error(`Could not verify: ${error.message}`);
  process.exitCode = 2;
});

async function main() {
  if (!options.database === !options.read) throw new Error('give either --database or --read');
  const source = options.read ? fileRecords(options.read) : databaseRecords(options.database);
  if (options.export) return exportTo(options.export, source);
  if (!options.checkpoints || !options.keys) throw new Error('give --checkpoints and --keys');
  const findings = [];
  const say = (service, sentence) => findings.push(`${service}: ${sentence}`);
  const signed = readCheckpoints(say);
  await verify(source, signed, say);
  for (const finding of findings) console.log(finding);
  console.log(findings.length === 0 ? 'Everything is as it was signed.' : `${findings.length} findings.`);
  if (findings.length > 0) process.exitCode = 1;
}

async function* databaseRecords(url) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // One snapshot for all: what is written meanwhile is in all of it or in none.
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const ask = async (sql, service) => (await client.query(sql.replaceAll('SCHEMA', service))).rows;
    for (const service of SERVICES) {
      for (const [chain, { seals, unsealed }] of Object.entries(CHAINS)) {
        if (chain === 'journal' && service !== 'finance') continue;
        for (let after = '0', rows; (rows = await ask(seals(after), service)).length > 0; after = rows.at(-1).seq)
          for (const row of rows) yield { service, kind: 'seal', chain, ...row };
        for (const row of await ask(unsealed, service)) yield { service, kind: 'unsealed', chain, ...row };
      }
      if (service !== 'finance') continue;
      for (const [kind, sql] of Object.entries(STORED))
        for (const row of await ask(sql, service)) yield { service, kind, ...row };
    }
    yield { kind: 'end' };
  } finally {
    await client.end();
  }
}

async function* fileRecords(file) {
  for await (const line of createInterface({ input: createReadStream(file) })) if (line !== '') yield JSON.parse(line);
}

async function exportTo(file, source) {
  const out = createWriteStream(file);
  for await (const record of source)
    if (!out.write(`${JSON.stringify(record)}\n`)) await new Promise((resolve) => out.once('drain', resolve));
  await new Promise((resolve, reject) => out.on('error', reject).end(resolve));
  console.log(`Written to ${file}.`);
}

function readCheckpoints(say) {
  const keys = new Map(JSON.parse(readFileSync(options.keys, 'utf8')).map((jwk) => [kidOf(jwk), jwk]));
  const signed = [];
  for (const name of readdirSync(options.checkpoints)
    .filter((it) => it.endsWith('.json'))
    .sort()) {
    const text = readFileSync(join(options.checkpoints, name), 'utf8');
    const { checkpoint, fault } = openCheckpoint(text, keys);
    if (fault) say(name, `The checkpoint ${fault}.`);
    else signed.push({ ...checkpoint, hash: sha256(text) });
  }
  for (const service of SERVICES) {
    const own = signed.filter((it) => it.service === service).sort((a, b) => a.number - b.number);
    for (const [index, it] of own.entries()) {
      const before = own[index - 1];
      if (it.number !== (before?.number ?? 0) + 1) say(service, `Checkpoints before number ${it.number} are missing.`);
      else if (it.previous !== (before?.hash ?? null))
        say(service, `Checkpoint ${it.number} does not follow the one before.`);
    }
    if (own.length === 0)
      say(service, 'There is no checkpoint: whether the end of its trail was cut off cannot be told.');
  }
  return signed;
}

function openCheckpoint(text, keys) {
  try {
    const { checkpoint, signature } = JSON.parse(text);
    const [header, , bytes] = signature.split('.');
    const jwk = keys.get(JSON.parse(Buffer.from(header, 'base64url')).kid);
    if (!jwk) return { fault: 'is signed by a key that is not yours' };
    const input = Buffer.from(`${header}.${Buffer.from(canonical(checkpoint)).toString('base64url')}`);
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: jwk.x }, format: 'jwk' });
    if (!verifySignature(null, input, key, Buffer.from(bytes, 'base64url')))
      return { fault: 'was changed after it was signed' };
    return { checkpoint };
  } catch {
    return { fault: 'cannot be read' };
  }
}

/** One pass over all records; keeps balances and orders, but no record. */
async function verify(source, signed, say) {
  const state = new Map();
  const chainOf = (service, name) => {
    const key = `${service} ${name}`;
    if (!state.has(key)) state.set(key, { seq: 0n, hash: ZEROS, isBroken: false });
    return state.get(key);
  };
  const heads = new Map();
  for (const { service, number, chains, amounts } of signed)
    for (const { name, count, head } of chains)
      heads.set(`${service} ${name} ${count}`, [
        ...(heads.get(`${service} ${name} ${count}`) ?? []),
        { number, head, amounts },
      ]);
  const books = { balances: new Map(), orders: new Map() };
  let isWhole = false;
  let counted = 0;
  for await (const it of source) {
    if (it.kind === 'seal') {
      counted += 1;
      takeSeal(it, chainOf(it.service, it.chain), { heads, books, say });
    } else if (it.kind === 'unsealed') {
      say(
        it.service,
        `The ${CHAINS[it.chain].record} ${it.id} is not in the chain: it was slipped in, or kept out of it.`,
      );
    } else if (it.kind === 'end') isWhole = true;
    else takeStored(it, books, say);
  }
  if (!isWhole) throw new Error('the export ends too early');
  // An account that was deleted still has a balance in the journal.
  for (const [id, amount] of books.balances)
    if (amount !== 0n) say('finance', `The balance of ${id} is gone; its entries add up to ${amount}.`);
  for (const { service, number, chains } of signed)
    for (const { name, count } of chains) {
      const { seq, isBroken } = chainOf(service, name);
      if (isBroken || BigInt(count) <= seq) continue;
      const record = CHAINS[name].record;
      say(
        service,
        seq === 0n
          ? `Every ${record} is gone: checkpoint ${number} counted ${count}.`
          : `The end was cut off: ${seq} of the ${record}s that checkpoint ${number} counted (${count}) are left.`,
      );
      chainOf(service, name).isBroken = true;
    }
  console.log(`${counted} sealed records, ${signed.length} checkpoints.`);
}

/** Of a chain only its first fault is told: all that follows hangs on it. */
function takeSeal(it, at, { heads, books, say }) {
  if (it.chain === 'journal' && it.content !== null) book(JSON.parse(it.content), books);
  if (at.isBroken) return;
  const { record } = CHAINS[it.chain];
  const fault = (sentence) => {
    at.isBroken = true;
    say(it.service, sentence);
  };
  if (BigInt(it.seq) !== at.seq + 1n) return fault(`The ${record} number ${at.seq + 1n} and its seal are missing.`);
  if (it.content === null) return fault(`The ${record} ${it.id} (number ${it.seq}) was deleted.`);
  if (it.previous !== at.hash)
    return fault(
      `The ${record} ${it.id} (number ${it.seq}) does not follow the one before it: seals were swapped or replaced.`,
    );
  const content = Buffer.concat([Buffer.from(it.previous, 'hex'), Buffer.from(it.content)]);
  const isReasonChanged =
    it.whyHash &&
    !it.isErased &&
    (!it.salt || sha256(Buffer.concat([Buffer.from(it.salt, 'hex'), Buffer.from(it.why ?? '')])) !== it.whyHash);
  if (sha256(content) !== it.hash || isReasonChanged)
    return fault(`The ${record} ${it.id} (number ${it.seq}) was changed after it was sealed.`);
  at.seq = BigInt(it.seq);
  at.hash = it.hash;
  for (const { number, head, amounts } of heads.get(`${it.service} ${it.chain} ${it.seq}`) ?? []) {
    if (head !== it.hash)
      return fault(
        `The chain was written anew: its ${record} number ${it.seq} is not the one of checkpoint ${number}.`,
      );
    const digest = it.chain === 'journal' && amounts.find(({ name }) => name === 'balances');
    if (digest && digest.sha256 !== balancesDigest(books.balances))
      say(it.service, `The balances of checkpoint ${number} do not follow from the journal.`);
  }
}

function book([, fund, kind, reference, , , , , , lines], { balances, orders }) {
  for (const [, year, stage, amount] of lines ?? []) {
    const id = `${fund} ${year} ${stage}`;
    balances.set(id, (balances.get(id) ?? 0n) + BigInt(amount));
    if (kind === 'PAYOUT_ORDERED' && stage === 'payable')
      orders.set(reference, (orders.get(reference) ?? 0n) + BigInt(amount));
  }
}

function balancesDigest(balances) {
  const lines = [...balances].map(([id, amount]) => `${id} ${amount}\n`);
  return sha256(lines.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))).join(''));
}

function takeStored(it, { balances, orders }, say) {
  if (it.kind === 'balance') {
    const expected = balances.get(it.id) ?? 0n;
    balances.delete(it.id);
    if (BigInt(it.amount) !== expected)
      say(it.service, `The stored balance of ${it.id} is ${it.amount}, its journal entries add up to ${expected}.`);
  } else if (it.kind === 'payout') {
    const moved = orders.get(it.order === 1 ? it.id : `${it.id}/${it.order}`);
    if (moved !== BigInt(it.amount))
      say(it.service, `The payout ${it.id} says ${it.amount}, the journal moved ${moved ?? 'nothing'} for it.`);
  } else if (it.amount !== it.expected) {
    say(
      it.service,
      it.kind === 'commitment'
        ? `The payouts of commitment ${it.id} that are still to be ordered add up to ${it.amount}, bound for them is ${it.expected}.`
        : `The entries of bank statement ${it.id} add up to ${it.amount}, the bank's file said ${it.expected}.`,
    );
  } else if (it.kind === 'statement' && it.entries !== it.last)
    say(it.service, `Of bank statement ${it.id} ${it.entries} of ${it.last} entries are left.`);
}

/** RFC 8785 for what a checkpoint holds: texts, whole numbers, null, arrays and objects. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)
    .join(',')}}`;
}

/** RFC 7638 thumbprint, by which a signature names its key. */
function kidOf({ x }) {
  return createHash('sha256')
    .update(canonical({ crv: 'Ed25519', kty: 'OKP', x }))
    .digest('base64url');
}

function sha256(data) {
  return createHash('sha256').update(data).digest('hex');
}
