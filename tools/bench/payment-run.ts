import { spawnSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import {
  createFund,
  createPayee,
  createPaymentRun,
  getPaymentRunFile,
  importBankMessage,
  importSanctionsList,
  listPayouts,
  openBudgetYear,
  orderPayouts,
  type PaymentRunView,
  releaseBudget,
  sendPaymentRun,
  storeUploadPart,
} from '#contracts/finance';
import { UPLOAD_PART_BYTES } from '#contracts';
import { caller, eventually } from '#testing';
import { repositoryRoot } from '#testing/embedded';
import { camt053 } from '../../apps/finance/test/bank';
import { insertCheckedPayouts } from '../../apps/finance/test/checked-payouts';
import { nextEdition, sanctionsListRequest } from '../../apps/finance/test/sanctions/sanctions-sample';
import { coveredAssignment } from './covered-assignment';
import { type FinanceProcess, startFinanceProcess } from './finance-process';

const ORDER_MAX = 500;
const PAYEES = 200;
const SETTLE_MS = 3000;
const IBAN = 'DE75512108001245126199';
/** Of a payment in the file: its reference, and what it pays. */
const PAYMENT = /<EndToEndId>([^<]+)<\/EndToEndId>[\s\S]*?<InstdAmt Ccy="EUR">([^<]+)<\/InstdAmt>/g;
const SCHEMA = join(repositoryRoot(), 'apps/finance/data/iso20022/pain.001.001.09.xsd');

const FINANCE = caller('finance-officer', { subject: 'fritz' });
const BUDGET = caller('budget-officer', { subject: 'berta' });
const ORDERER = caller('payment-orderer', { subject: 'anna' });
const CASHIER = caller('cashier', { subject: 'karl' });

const KINDS = ['separate', 'merged'] as const;
/** Whether each payout is a payment of its own in the bank file, or those of one payee go together. */
type Kind = (typeof KINDS)[number];

/**
 * `npm run bench:payment-run`: a payment run of 10,000 payouts to 200 payees, from the order to the bank statement that books each of
 * them, with the memory of the finance process. Once as 10,000 debits, which is most work to match, and once with what goes to one payee
 * put together. Starts Postgres, NATS and the service by itself and leaves nothing behind.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { payouts: { type: 'string', default: '10000' }, kind: { type: 'string' } },
  });
  const kinds = KINDS.filter((kind) => values.kind === undefined || values.kind === kind);
  if (kinds.length === 0) throw new Error(`--kind is one of ${KINDS.join(', ')}`);
  for (const kind of kinds) await measure(kind, Number(values.payouts));
}

async function measure(kind: Kind, count: number): Promise<void> {
  const finance = await startFinanceProcess();
  try {
    const { fundId, payouts } = await prepare(finance, { kind, count });
    await delay(SETTLE_MS);
    const before = finance.memoryMiB();
    const start = performance.now();
    const { result, peakMiB } = await finance.peakDuring(() => orderAndPay(finance, fundId, payouts));
    const { run, file, orderMs } = result;
    const totalMs = performance.now() - start;
    const again = await download(finance, run);
    const sent = await timed(finance, () => send(finance, run));
    const statement = statementOf(file);
    const booked = await timed(finance, () => book(finance, statement));
    await delay(SETTLE_MS);
    const seconds = (ms: number) => (ms / 1000).toFixed(2).padStart(6);
    console.log(`\n${kind}`);
    console.log(`payouts             ${run.payouts}, to ${PAYEES} payees, in ${run.transfers} payments`);
    console.log(`order             ${seconds(orderMs)} s, in acts of ${ORDER_MAX}`);
    console.log(`file              ${seconds(totalMs - orderMs)} s, ${file.length} bytes`);
    console.log(`from order to file${seconds(totalMs)} s`);
    console.log(`memory (RSS)        ${before} MiB before, ${peakMiB} MiB peak`);
    console.log(`sent              ${seconds(sent.ms)} s, ${sent.peakMiB} MiB peak`);
    console.log(
      `booked            ${seconds(booked.ms)} s, ${booked.peakMiB} MiB peak: a camt.053 of ${statement.length} bytes, ` +
        `${booked.result.counts} ${finance.memoryMiB()} MiB after`,
    );
    console.log(`schema              ${validity(file)}`);
    console.log(
      `sha256              ${isSame(run, file, again) ? 'equal' : 'DIFFERENT'} in the run, the file and its re-export`,
    );
  } finally {
    await finance.stop();
  }
}

type Checked = { payoutId: string; version: number }[];

async function orderAndPay(
  finance: FinanceProcess,
  fundId: string,
  payouts: Checked,
): Promise<{ run: PaymentRunView; file: string; orderMs: number }> {
  const start = performance.now();
  for (let first = 0; first < payouts.length; first += ORDER_MAX) {
    await finance.rpc.call(orderPayouts, { payouts: payouts.slice(first, first + ORDER_MAX) }, ORDERER);
  }
  const orderMs = performance.now() - start;
  const executionOn = new Date().toISOString().slice(0, 10);
  const run = await finance.rpc.call(createPaymentRun, { fundId, paymentType: 'SEPA', executionOn }, CASHIER);
  return { run, file: await download(finance, run), orderMs };
}

/** What one step takes, and the memory of the process meanwhile. */
async function timed<T>(
  finance: FinanceProcess,
  work: () => Promise<T>,
): Promise<{ result: T; ms: number; peakMiB: number }> {
  const start = performance.now();
  const { result, peakMiB } = await finance.peakDuring(work);
  return { result, ms: performance.now() - start, peakMiB };
}

function send({ rpc }: FinanceProcess, { id: paymentRunId, version }: PaymentRunView): Promise<PaymentRunView> {
  return rpc.call(sendPaymentRun, { paymentRunId }, CASHIER, { expectedVersion: version });
}

/** The bank tells each payment of the file by itself: what is most work to match. */
function statementOf(file: string): Buffer {
  const today = new Date().toISOString().slice(0, 10);
  const entries = [...file.matchAll(PAYMENT)].map(([, endToEndId = '', amount = '']) => ({
    amount,
    on: today,
    reference: endToEndId,
    transactions: [{ amount, endToEndId }],
  }));
  return Buffer.from(camt053({ id: 'BENCH-1', iban: IBAN, opening: '9000000.00', entries }));
}

async function book({ rpc, database }: FinanceProcess, file: Buffer): Promise<{ counts: string }> {
  const id = randomUUID();
  const parts = Math.ceil(file.length / UPLOAD_PART_BYTES);
  for (let number = 1; number <= parts; number += 1) {
    const content = file.subarray((number - 1) * UPLOAD_PART_BYTES, number * UPLOAD_PART_BYTES).toString('base64');
    await rpc.call(storeUploadPart, { uploadId: id, number, content }, CASHIER);
  }
  const upload = { id, parts, bytes: file.length, sha256: createHash('sha256').update(file).digest('hex') };
  await rpc.call(importBankMessage, { fileName: 'statement.xml', upload }, CASHIER);
  const rows = await database.asService<{ status: string; payouts: number }>(
    'SELECT status, count(*)::int AS payouts FROM payout WHERE payment_run_id IS NOT NULL GROUP BY status',
  );
  return { counts: rows.map(({ status, payouts }) => `${payouts} ${status}`).join(', ') };
}

async function download({ rpc }: FinanceProcess, { id }: PaymentRunView): Promise<string> {
  const parts: string[] = [];
  for (let offset: number | null = 0; offset !== null;) {
    const part: { body: string; nextOffset: number | null } = await rpc.call(
      getPaymentRunFile,
      { paymentRunId: id, offset },
      CASHIER,
    );
    parts.push(part.body);
    offset = part.nextOffset;
  }
  return parts.join('');
}

/** A fund, a covered commitment, and checked payouts of it; made by the service itself up to the payouts. */
async function prepare(
  finance: FinanceProcess,
  { kind, count }: { kind: Kind; count: number },
): Promise<{ fundId: string; payouts: Checked }> {
  const { rpc, database } = finance;
  await rpc.call(
    importSanctionsList,
    sanctionsListRequest(nextEdition(new Date().toISOString().slice(0, 10))),
    FINANCE,
  );
  const today = new Date();
  const from = `${today.toISOString().slice(0, 7)}-01`;
  const to = `${today.getUTCFullYear() + 1}${from.slice(4)}`;
  const fundId = await fundFor(finance, [today.getUTCFullYear(), today.getUTCFullYear() + 1]);
  const payeeIds: string[] = [];
  for (let number = 1; number <= PAYEES; number += 1) payeeIds.push(await payeeOf(finance, number));
  const modelId = await departedAssignment(finance, fundId, { from, to });
  const sql = (text: string, parameters: readonly unknown[]) => database.asService(text, parameters);
  return {
    fundId,
    payouts: await insertCheckedPayouts({
      sql,
      modelId,
      payeeIds,
      count,
      ...(kind === 'separate' && { creditorReferenceOf }),
    }),
  };
}

/** A creditor reference (ISO 11649) of the invoice with this number. */
function creditorReferenceOf(index: number): string {
  const invoice = String(index + 1).padStart(9, '0');
  // R and F count as 27 and 15.
  const check = 98n - (BigInt(`${invoice}271500`) % 97n);
  return `RF${check.toString().padStart(2, '0')}${invoice}`;
}

async function fundFor({ rpc }: FinanceProcess, years: readonly number[]): Promise<string> {
  const debtorAccount = { holder: 'Fachkräftefonds', iban: 'DE75512108001245126199', bic: 'SOGEDEFF' };
  const { id: fundId, version } = await rpc.call(createFund, { name: 'Bench', debtorAccount }, BUDGET);
  const amount = { amount: '9000000.00', currency: 'EUR' };
  let expectedVersion = version;
  for (const year of years) {
    const opened = await rpc.call(openBudgetYear, { fundId, year, plan: amount }, BUDGET, { expectedVersion });
    ({ version: expectedVersion } = await rpc.call(releaseBudget, { fundId, year, amount }, BUDGET, {
      expectedVersion: opened.version,
    }));
  }
  return fundId;
}

async function payeeOf({ rpc }: FinanceProcess, number: number): Promise<string> {
  const name = `Payee ${number}`;
  const address = { street: 'Neckargasse', buildingNumber: '1', postCode: '72070', town: 'Tübingen', country: 'DE' };
  const bankAccount = { iban: 'DE75512108001245126199', bic: 'SOGEDEFF', holder: name };
  const payee = { kind: 'SUPPLIER' as const, name, address, bankAccount };
  return (await rpc.call(createPayee, payee, FINANCE)).id;
}

/** Answers the first payout of an assignment that is covered, confirmed and departed. */
async function departedAssignment(
  { rpc, broker }: FinanceProcess,
  fundId: string,
  period: { from: string; to: string },
): Promise<string> {
  const { assignmentId, messages } = coveredAssignment(fundId, { period, salaryMonth: '100000.00' });
  for (const message of messages) await broker.publish(message);
  return eventually(async () => {
    const { items } = await rpc.call(listPayouts, { assignmentId }, FINANCE);
    if (!items[0]) throw new Error('the assignment has no payouts yet');
    return items[0].id;
  });
}

function validity(xml: string): string {
  const { status, error, stderr } = spawnSync('xmllint', ['--noout', '--schema', SCHEMA, '-'], {
    input: xml,
    encoding: 'utf8',
  });
  if (error) return 'valid by the service itself before it was stored; xmllint is not installed';
  return status === 0 ? 'valid by xmllint against the official XSD' : `NOT VALID: ${stderr.slice(0, 500)}`;
}

function isSame({ file: { sha256 } }: PaymentRunView, ...files: readonly string[]): boolean {
  return files.every((file) => createHash('sha256').update(file).digest('hex') === sha256);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
