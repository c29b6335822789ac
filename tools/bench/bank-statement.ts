import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { formatMinor, type RequestInputOf, UPLOAD_PART_BYTES } from '#contracts';
import {
  type BankMessageView,
  createFund,
  getReconciliation,
  importBankMessage,
  listBankEntries,
  listFunds,
  storeUploadPart,
} from '#contracts/finance';
import { caller } from '#testing';
import { type FinanceProcess, startFinanceProcess } from './finance-process';

const IBAN = 'DE75512108001245126199';
const MIB = 1024 * 1024;
const PAUSE_MS = 20;

const BUDGET = caller('budget-officer', { subject: 'berta' });
const CASHIER = caller('cashier', { subject: 'karl' });

/**
 * `npm run bench:bank-statement`: a camt.053 of 16 MiB with 25,000 single entries, none of which names a payment from here, is taken in while
 * others read: seconds, what the reads beside it take, and the memory of the service and of its parser. Starts Postgres, NATS and the
 * service by itself and leaves nothing behind.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { entries: { type: 'string', default: '25000' } } });
  const finance = await startFinanceProcess();
  try {
    const debtorAccount = { holder: 'Fachkräftefonds', iban: IBAN, bic: 'SOGEDEFF' };
    const { id: fundId } = await finance.rpc.call(createFund, { name: 'Bench', debtorAccount }, BUDGET);
    const file = Buffer.from(statement(Number(values.entries)));
    const alone = await readFor(finance, fundId, delay(3000));
    const upload = await store(finance, file);
    const start = performance.now();
    const taken = takeIn(finance, upload);
    let seconds = 0;
    const end = () => (seconds = (performance.now() - start) / 1000);
    const done = taken.then(end, end);
    const { result: beside, peakMiB, childrenPeakMiB } = await finance.peakDuring(() => readFor(finance, fundId, done));
    const { entries, unmatchedEntries } = await taken;
    console.log(
      `file                ${(file.length / MIB).toFixed(1)} MiB, ${entries} entries, ${unmatchedEntries} on the work list`,
    );
    console.log(`taken in            ${seconds.toFixed(2)} s`);
    console.log(`reads alone         ${alone}`);
    console.log(`reads beside it     ${beside}`);
    console.log(`memory (RSS)        ${peakMiB} MiB peak of the service, ${childrenPeakMiB} MiB of its parser`);
  } finally {
    await finance.stop();
  }
}

/** Reads one after the other until the work ends: an entry list, a fund list, a reconciliation. */
async function readFor({ rpc }: FinanceProcess, fundId: string, work: Promise<unknown>): Promise<string> {
  const reads = [
    () => rpc.call(listBankEntries, { limit: 50 }, CASHIER),
    () => rpc.call(listFunds, {}, CASHIER),
    () => rpc.call(getReconciliation, { fundId }, CASHIER),
  ];
  const took: number[] = [];
  let isDone = false;
  const end = () => (isDone = true);
  // Whether it fails is for who began it.
  void work.then(end, end);
  while (!isDone) {
    const start = performance.now();
    await reads[took.length % reads.length]?.();
    took.push(performance.now() - start);
    await delay(PAUSE_MS);
  }
  const sorted = took.sort((a, b) => a - b);
  const at = (share: number) => `${(sorted[Math.ceil(sorted.length * share) - 1] ?? 0).toFixed(0)} ms`;
  return `${sorted.length} reads, p50 ${at(0.5)}, p99 ${at(0.99)}, max ${at(1)}`;
}

type Upload = NonNullable<RequestInputOf<typeof importBankMessage>['upload']>;

async function store({ rpc }: FinanceProcess, file: Buffer): Promise<Upload> {
  const id = randomUUID();
  let parts = 0;
  for (let start = 0; start < file.length; start += UPLOAD_PART_BYTES) {
    const content = file.subarray(start, start + UPLOAD_PART_BYTES).toString('base64');
    await rpc.call(storeUploadPart, { uploadId: id, number: (parts += 1), content }, CASHIER);
  }
  return { id, parts, bytes: file.length, sha256: createHash('sha256').update(file).digest('hex') };
}

function takeIn({ rpc }: FinanceProcess, upload: Upload): Promise<BankMessageView> {
  const request = { fileName: 'statement.xml', upload };
  return rpc.call(importBankMessage, request, CASHIER);
}

/** Single debits with all that a bank tells of them, about 650 bytes each. */
function statement(count: number): string {
  const on = new Date().toISOString().slice(0, 10);
  const entries = Array.from({ length: count }, (_, index) => entry(index, on));
  const total = BigInt(count * (count + 1)) / 2n;
  const balance = (code: string, minor: bigint) =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${formatMinor(minor, 'EUR')}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${on}</Dt></Dt></Bal>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
<GrpHdr><MsgId>BENCH</MsgId><CreDtTm>${on}T20:00:00Z</CreDtTm></GrpHdr>
<Stmt><Id>BENCH-1</Id><ElctrncSeqNb>1</ElctrncSeqNb><CreDtTm>${on}T20:00:00Z</CreDtTm>
<Acct><Id><IBAN>${IBAN}</IBAN></Id><Ccy>EUR</Ccy></Acct>${balance('OPBD', total)}${balance('CLBD', 0n)}
${entries.join('\n')}</Stmt></BkToCstmrStmt></Document>`;
}

function entry(index: number, on: string): string {
  const amount = formatMinor(BigInt(index + 1), 'EUR');
  const reference = `${index}`.padStart(12, '0');
  return `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${on}</Dt></BookgDt><ValDt><Dt>${on}</Dt></ValDt><AcctSvcrRef>BANK-${reference}</AcctSvcrRef><BkTxCd><Prtry><Cd>NTRF+116</Cd></Prtry></BkTxCd><NtryDtls><TxDtls><Refs><EndToEndId>OTHER-${reference}</EndToEndId></Refs><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>DBIT</CdtDbtInd><RltdPties><Cdtr><Pty><Nm>Empfänger Nummer ${reference}</Nm></Pty></Cdtr><CdtrAcct><Id><IBAN>${IBAN}</IBAN></Id></CdtrAcct></RltdPties><RmtInf><Ustrd>Zuschuss lokale Fachkraft, ${reference}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
