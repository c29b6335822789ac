import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { randomBytes } from 'node:crypto';
import { ApiProblem } from '../demo/api-client';
import { user } from '../demo/demo-token';
import type { PayoutFeedItem } from '#contracts/finance';
import { DepartmentBooks } from './department-books';
import { Installation } from './installation';

const PORTS_FROM = Number(process.env['DRILL_PORTS_FROM'] ?? 24_000);
const NOTED_MS = 90_000;

/**
 * `npm run test:restore`: the drill of deploy/runbooks/backup.md on a Docker engine. An installation is backed up in the middle of its work
 * and lost; another one is made of the backup. Throws when something is not there, or the finance department has a gap.
 */
async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'fund-drill-'));
  const [old, fresh] = [
    new Installation('fund-drill-old', PORTS_FROM),
    new Installation('fund-drill-new', PORTS_FROM + 10),
  ];
  try {
    await Promise.all([old.end(), fresh.end()]);
    await drill({ old, fresh, folder });
  } finally {
    await Promise.all([old.end(), fresh.end()]);
    await rm(folder, { recursive: true });
  }
}

interface Drill {
  readonly old: Installation;
  readonly fresh: Installation;
  readonly folder: string;
}

async function drill({ old, fresh, folder }: Drill): Promise<void> {
  const filters = await encryption(folder);
  const backup = join(folder, 'backup');
  await old.compose('up', '--wait');
  await old.demo();
  const books = new DepartmentBooks();
  const before = await old.feed();
  await books.take(old, () => books.positions.size >= before.length / 2);
  await noted(old, books);
  print(`old: ${before.length} payout messages; the finance department took ${books.positions.size} over NATS`);
  const funds = await old.api.all(user('auditor'), '/funds');
  print((await old.run('deploy/backup.sh', [backup], filters)).trim());

  await old.demo();
  const known = (await old.feed()).at(-1)?.position ?? '0';
  const refusal = await fresh.attempt('deploy/restore.sh', [backup], { ...filters, FEED_POSITION_KNOWN: known });
  assert.equal(refusal.code, 3, refusal.stderr);
  print(`a restore of a backup that lacks messages says: ${refusal.stderr.trim()}`);
  await old.end();

  const accepted = { ...filters, FEED_POSITION_KNOWN: known, ACCEPT_LOSS: 'yes' };
  print((await fresh.run('deploy/restore.sh', [backup], accepted)).trim());
  assert.deepEqual((await fresh.feed()).slice(0, before.length), before, 'the feed is another one');
  assert.deepEqual(await fresh.api.all(user('auditor'), '/funds'), funds, 'the funds are others');
  print(`new: the same ${before.length} payout messages, bytes and signatures, and the same ${funds.length} funds`);
  await isTold(fresh, known);
  await goesOn(fresh, books, before);
}

/** Who reads on from a position that the restored fund never gave is told so. */
async function isTold({ api }: Installation, known: string): Promise<void> {
  const answer = await api.get(user('finance-officer'), `/payout-feed?after=${known}`).catch((error: unknown) => error);
  assert.ok(answer instanceof ApiProblem && answer.status === 409, `no refusal: ${String(answer)}`);
  print(`a reader at position ${known} is told: ${answer.message}`);
}

async function goesOn(fresh: Installation, books: DepartmentBooks, before: readonly PayoutFeedItem[]): Promise<void> {
  const taken = books.positions.size;
  await books.take(fresh, () => lacking(books, before).length === 0);
  assert.deepEqual(lacking(books, before), [], 'the finance department has a gap');
  print(
    `the finance department went on: ${books.positions.size - taken} more over its durable, ${books.repeated} a second time, none missing`,
  );
  await fresh.demo();
  const after = await fresh.feed();
  await books.take(fresh, () => lacking(books, after).length === 0);
  assert.deepEqual(lacking(books, after), [], 'the finance department has a gap in what is new');
  print(`and took what is new: ${after.length} of ${after.length} payout messages`);
}

function lacking(books: DepartmentBooks, items: readonly PayoutFeedItem[]): string[] {
  return items.filter(({ id, position }) => books.positions.get(id) !== position).map(({ position }) => position);
}

/** Finance writes down twice a minute how far the durable has acknowledged; a backup before that makes more come twice. */
async function noted(old: Installation, books: DepartmentBooks): Promise<void> {
  const last = Math.max(...[...books.positions.values()].map(Number));
  const sql = `SELECT acknowledged_position FROM finance.external_consumer WHERE durable = 'finance-department'`;
  const end = performance.now() + NOTED_MS;
  while (Number(await old.query(sql)) < last && performance.now() < end) await delay(2000);
}

/** A key that only this drill knows, with what every machine has; the runbook recommends age. */
async function encryption(folder: string): Promise<{ BACKUP_ENCRYPT: string; BACKUP_DECRYPT: string }> {
  const key = join(folder, 'key');
  await writeFile(key, randomBytes(32).toString('hex'), { mode: 0o600 });
  const cipher = `openssl enc -aes-256-cbc -pbkdf2 -pass file:${key}`;
  return { BACKUP_ENCRYPT: cipher, BACKUP_DECRYPT: `${cipher} -d` };
}

function print(line: string): void {
  console.log(`${new Date().toISOString().slice(11, 19)} ${line}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
