import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { AppError } from '#contracts';
import {
  type AuditFolderSubject,
  type AuditFolderView,
  getAuditFolderFile,
  getBankMessageFile,
  getPaymentRunFile,
  makeAuditFolder,
} from '#contracts/finance';
import { Audit } from '#messaging';
import { caller, eventually } from '#testing';
import { pain002 } from '../../../test/bank';
import { promised } from '../../../test/bank-desk';
import { BankLoop, type SentRun } from '../../../test/bank-loop';
import { AUDITOR, FINANCE, FinanceWorld } from '../../../test/finance-world';
import { unzipped } from '../../../test/unzip';
import { draw, sha256 } from './folder-file';

const KEY = generateKeyPairSync('ed25519');
let world: FinanceWorld;
let bank: BankLoop;
let sent: SentRun;
let scratch: string;
let number = 0;

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'audit-folder-'));
  writeFileSync(join(scratch, 'keys.json'), JSON.stringify([KEY.publicKey.export({ format: 'jwk' })]));
  world = await FinanceWorld.start({
    CHECKPOINT_KEY: KEY.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    CHECKPOINT_DIRECTORY: join(scratch, 'checkpoints'),
    AUDIT_WATCH_MS: '100',
  });
  bank = new BankLoop(world);
  sent = await bank.sentRun();
  await bank.importFile(pain002(sent.run.file.messageId, 'ALL'));
  await everythingSealed();
  await world.app.app.get(Audit, { strict: false }).checkpoints.takeNow();
}, 120_000);
afterAll(async () => {
  await world?.app.close();
  rmSync(scratch, { recursive: true, force: true });
});

function everythingSealed(): Promise<void> {
  return eventually(async () => {
    const [row] = await world.app.testDatabase.asAdmin<{ left: string }>(
      `SELECT (SELECT count(*) FROM finance.audit_unsealed) + (SELECT count(*) FROM finance.journal_entry e
         WHERE NOT EXISTS (SELECT FROM finance.journal_seal s WHERE s.entry_id = e.id)) AS left`,
    );
    expect(Number(row?.left)).toBe(0);
  });
}

/** The folder as a person gets it: unpacked on a disk. */
async function unpacked(
  subject: AuditFolderSubject,
): Promise<{ folder: string; view: AuditFolderView; paths: string[] }> {
  const view = await world.app.rpc(makeAuditFolder, { subject }, AUDITOR);
  const parts: Buffer[] = [];
  for (let offset: number | null = 0; offset !== null;) {
    const part: { body: string; nextOffset: number | null } = await world.app.rpc(
      getAuditFolderFile,
      { auditFolderId: view.id, offset },
      AUDITOR,
    );
    parts.push(Buffer.from(part.body, 'base64'));
    offset = part.nextOffset;
  }
  const zip = Buffer.concat(parts);
  expect([zip.length, sha256(zip)]).toEqual([view.bytes, view.sha256]);
  const folder = join(scratch, `folder-${(number += 1)}`);
  const files = unzipped(zip);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return { folder, view, paths: Object.keys(files).sort() };
}

/** What the verifier in the folder says, run as an auditor runs it. */
function verify(folder: string, ...more: string[]): Promise<{ code: number; text: string }> {
  return new Promise((done) => {
    execFile(process.execPath, [join(folder, 'verify.mjs'), ...more], { cwd: scratch }, (error, stdout, stderr) =>
      done({ code: typeof error?.code === 'number' ? error.code : 0, text: stdout + stderr }),
    );
  });
}

const payoutId = () => sent.payouts[0]?.id ?? '';

describe('an audit folder', () => {
  it('of a payout holds its records, bank bytes, rules, journal and trail, and verifies by itself', async () => {
    const { folder, paths, view } = await unpacked({ kind: 'PAYOUT', payoutId: payoutId() });
    expect(view.isSigned).toBe(true);
    expect(await verify(folder, '--keys', join(scratch, 'keys.json'))).toMatchObject({
      code: 0,
      text: expect.stringContaining('OK: everything is as it was sealed.') as string,
    });
    const json = (path: string): Record<string, unknown>[] =>
      JSON.parse(readFileSync(join(folder, path), 'utf8')) as Record<string, unknown>[];
    expect(json('records/payouts.json').map(({ id }) => id)).toEqual([payoutId()]);
    expect(json('records/journal-entries.json').map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['COMMITMENT_RESERVED', 'COMMITMENT_CONFIRMED', 'PAYOUT_ORDERED']),
    );
    const acts = json('trail/audit-records.json').map(({ operation }) => operation);
    expect(acts).toEqual(
      expect.arrayContaining([
        'rpc.finance.payout.order',
        'rpc.finance.payment-run.create',
        'rpc.finance.payment-run.send',
      ]),
    );
    expect(json('rules/rules-of-the-plans.json').length).toBeGreaterThan(0);
    expect(paths.some((path) => path.startsWith('bank/to-'))).toBe(true);
    expect(paths.some((path) => path.startsWith('bank/from-'))).toBe(true);
  });

  it('of a payment in another currency holds what is promised, and what its debit left free', async () => {
    const { payouts } = await bank.promisedRun();
    await bank.importFile(bank.statement([promised(payouts[0], '6012.34')]));
    await everythingSealed();
    const { folder } = await unpacked({ kind: 'PAYOUT', payoutId: payouts[0]?.id ?? '' });
    const records = (name: string) => JSON.parse(readFileSync(join(folder, `records/${name}.json`), 'utf8')) as unknown;
    expect(records('payouts')).toMatchObject([
      { amount_minor: 601_234, instructed_minor: 1_680_000_000, instructed_currency: 'TZS' },
    ]);
    expect(records('payout-exchange-differences')).toMatchObject([{ number: 1, amount_minor: 58_766 }]);
  });

  it('has the bytes that went to the bank and came from it', async () => {
    const { folder, paths } = await unpacked({ kind: 'PAYMENT_RUN', paymentRunId: sent.run.id });
    const [to, from] = ['bank/to-', 'bank/from-'].map((start) => paths.find((path) => path.startsWith(start)) ?? '');
    const file = await world.app.rpc(getPaymentRunFile, { paymentRunId: sent.run.id }, AUDITOR);
    expect(readFileSync(join(folder, to ?? ''), 'utf8')).toBe(file.body);
    const [message] = JSON.parse(readFileSync(join(folder, 'records/payment-answers.json'), 'utf8')) as {
      bank_message_id: string;
    }[];
    const bank = await world.app.rpc(getBankMessageFile, { bankMessageId: message?.bank_message_id ?? '' }, AUDITOR);
    expect(readFileSync(join(folder, from ?? ''))).toEqual(Buffer.from(bank.body, 'base64'));
    expect((await verify(folder)).code).toBe(0);
  });

  it.each([
    ['a record', 'records/payouts.json', 'records/payouts.json was changed.'],
    ['a file of the bank', 'bank/to-', 'bank/to-'],
    ['a link of the chain', 'chain/journal.ndjson', 'chain/journal.ndjson was changed.'],
    ['a checkpoint', 'checkpoints/finance-000001', 'was changed after it was signed'],
    ['the signed list itself', 'manifest.json', 'manifest.json was changed after it was signed'],
  ])('names %s of which one byte was changed', async (_, start, sentence) => {
    const { folder, paths } = await unpacked({ kind: 'PAYOUT', payoutId: payoutId() });
    const path = join(folder, paths.find((each) => each.startsWith(start)) ?? '');
    const text = readFileSync(path, 'latin1');
    // A digit in the middle becomes another one: what it is in stays readable.
    const at = text.slice(text.length / 2).search(/\d/) + Math.floor(text.length / 2);
    writeFileSync(path, `${text.slice(0, at)}${(Number(text[at]) + 1) % 10}${text.slice(at + 1)}`, 'latin1');
    const { code, text: said } = await verify(folder);
    expect(code).toBeGreaterThan(0);
    expect(said).toContain(sentence);
  });

  it('names a link that was changed with its list and all hashes made anew', async () => {
    const { folder } = await unpacked({ kind: 'PAYOUT', payoutId: payoutId() });
    const [chain, list] = ['chain/journal.ndjson', 'manifest.json'].map((path) => join(folder, path));
    const links = readFileSync(chain ?? '', 'utf8').replace('PAYOUT_ORDERED', 'PAYOUT_ORDERER');
    writeFileSync(chain ?? '', links);
    const signed = JSON.parse(readFileSync(list ?? '', 'utf8')) as {
      manifest: { files: { path: string; sha256: string }[] };
      signature: string | null;
    };
    for (const file of signed.manifest.files) if (file.path.startsWith('chain/journal')) file.sha256 = sha256(links);
    writeFileSync(list ?? '', JSON.stringify({ ...signed, signature: null }));
    expect((await verify(folder)).text).toMatch(/The journal record .* is not what was sealed\./);
  });

  it('of a fund year draws the same sample by the same seed, and proves it', async () => {
    const subject = { kind: 'FUND_YEAR', fundId: sent.fundId, year: 2027, seed: 'audit-2027', count: 2 } as const;
    const { folder, paths } = await unpacked(subject);
    const sample = JSON.parse(readFileSync(join(folder, 'sample.json'), 'utf8')) as Record<string, string[]>;
    expect(sample['population']?.length).toBe(sent.payouts.length);
    expect(sample['drawn']).toEqual(
      draw(
        sent.payouts.map(({ id }) => id),
        subject,
      ),
    );
    expect(paths).toContain('documents/fondsauszug-2027.pdf');
    writeFileSync(join(folder, 'sample.json'), JSON.stringify({ ...sample, drawn: sample['population']?.slice(2, 4) }));
    expect((await verify(folder)).text).toContain('sample.json was changed.');
  });

  it('is handed out to nobody but who had it made, and made for auditors alone', async () => {
    const { view } = await unpacked({ kind: 'PAYOUT', payoutId: payoutId() });
    const refused = (asked: Promise<unknown>) =>
      asked.then(
        () => 'given',
        (error: unknown) => (error as AppError).code,
      );
    const other = caller('auditor', { subject: 'somebody else' });
    expect(await refused(world.app.rpc(getAuditFolderFile, { auditFolderId: view.id }, other))).toBe(
      'PLATFORM_RESOURCE_NOT_FOUND',
    );
    const subject = { kind: 'PAYOUT', payoutId: payoutId() } as const;
    expect(await refused(world.app.rpc(makeAuditFolder, { subject }, FINANCE))).toBe('PLATFORM_ACTION_NOT_ALLOWED');
    const unknown = { kind: 'PAYOUT', payoutId: sent.run.id } as const;
    expect(await refused(world.app.rpc(makeAuditFolder, { subject: unknown }, AUDITOR))).toBe(
      'PLATFORM_RESOURCE_NOT_FOUND',
    );
  });
});
