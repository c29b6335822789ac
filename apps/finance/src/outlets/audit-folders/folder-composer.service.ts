import { Injectable } from '@nestjs/common';
import { AppError } from '#contracts';
import { type AuditFolderSubject, INSTRUMENTS } from '#contracts/finance';
import { Database, type Tx } from '#database';
import { AUDIT_CHAIN, AuditConfig } from '#messaging';
import { Clock, readShipped } from '#platform';
import { JOURNAL_CHAIN } from '../../budget/ledger/journal-verification.service';
import { readInstrumentRules } from '../../commitments/instrument-rules/instrument-rules.reader';
import { FundStatementService } from '../exports/fund-statement.service';
import { readChain } from './folder-chain.reader';
import {
  exists,
  type FolderScope,
  payoutsOf,
  population,
  readCheckpoints,
  readEvidence,
} from './folder-evidence.reader';
import { draw, type FolderFile, sha256 } from './folder-file';

const SHIPPED = 'apps/finance/data/audit-folder';
/** Of all files before they are compressed: a folder is made in memory. */
const BYTES_MAX = 48 * 1024 * 1024;

interface Composed {
  readonly name: string;
  readonly files: readonly FolderFile[];
  readonly isSigned: boolean;
}

interface Chosen {
  readonly name: string;
  readonly scope: FolderScope;
  readonly more: readonly FolderFile[];
}

/** Puts together what belongs into an audit folder, all of it from one state of the data. Writes nothing. */
@Injectable()
export class FolderComposer {
  constructor(
    private readonly database: Database,
    private readonly statements: FundStatementService,
    private readonly audit: AuditConfig,
    private readonly clock: Clock,
  ) {}

  async compose(subject: AuditFolderSubject, madeBy: string): Promise<Composed> {
    const documents = await this.documents(subject);
    return this.database.snapshot(async (tx) => {
      const { name, scope, more } = await choose(tx, subject);
      const evidence = await readEvidence(tx, scope);
      const proof = await this.proof(tx, evidence);
      const files = [
        { path: 'README.md', content: Buffer.from(readShipped(`${SHIPPED}/README.md`)) },
        { path: 'verify.mjs', content: Buffer.from(readShipped(`${SHIPPED}/verify.mjs`)) },
        ...documents,
        ...more,
        ...evidence.files,
        await rulesInForce(tx),
        ...proof,
      ];
      const bytes = files.reduce((sum, { content }) => sum + content.length, 0);
      if (bytes > BYTES_MAX) throw new AppError('FINANCE_AUDIT_FOLDER_TOO_LARGE', { bytes, bytesMax: BYTES_MAX });
      const { file, isSigned } = this.manifest(subject, files, madeBy);
      return { name, files: [...files, file], isSigned };
    });
  }

  private async documents(subject: AuditFolderSubject): Promise<FolderFile[]> {
    if (subject.kind !== 'FUND_YEAR') return [];
    const { fundId, year } = subject;
    const range = { fundId, from: `${year}-01-01`, to: `${year + 1}-01-01` };
    return [
      {
        path: `documents/fondsauszug-${year}.pdf`,
        content: await this.statements.pdf(range, { language: 'de', volume: 1 }),
      },
    ];
  }

  private async proof(
    tx: Tx,
    { auditRecordIds, journalEntryIds }: Awaited<ReturnType<typeof readEvidence>>,
  ): Promise<FolderFile[]> {
    const checkpoints = (await readCheckpoints(tx)).map((it) => ({ ...it, chains: chainsOf(it.document) }));
    const countedOf = (chain: string): number[] =>
      checkpoints.flatMap(({ chains }) => chains.filter(({ name }) => name === chain).map(({ count }) => count));
    const { service } = this.database;
    return [
      await readChain(tx, AUDIT_CHAIN, auditRecordIds, countedOf('audit')),
      await readChain(tx, JOURNAL_CHAIN, journalEntryIds, countedOf('journal')),
      ...checkpoints.map(({ number, day, document }) => ({
        path: `checkpoints/${service}-${String(number).padStart(6, '0')}-${day}.json`,
        content: Buffer.from(document),
      })),
      { path: 'checkpoints/keys.json', content: Buffer.from(`${JSON.stringify(this.audit.keys, null, 2)}\n`) },
    ];
  }

  /** The list of all files with their hashes, signed where the service has a key. */
  private manifest(subject: AuditFolderSubject, files: readonly FolderFile[], madeBy: string) {
    const manifest = {
      format: 1,
      subject,
      madeAt: this.clock.now().toISOString(),
      madeBy,
      files: files.map(({ path, content }) => ({ path, bytes: content.length, sha256: sha256(content) })),
    };
    const signature = this.audit.signer?.signatureOf(manifest) ?? null;
    const content = Buffer.from(`${JSON.stringify({ manifest, signature }, null, 2)}\n`);
    return { file: { path: 'manifest.json', content }, isSigned: signature !== null };
  }
}

async function choose(tx: Tx, subject: AuditFolderSubject): Promise<Chosen> {
  const none = { payoutIds: [], paymentRunIds: [], proofOfUseIds: [] };
  switch (subject.kind) {
    case 'PAYOUT': {
      await assertThere(tx, 'payout', subject.payoutId);
      return { name: `payout-${subject.payoutId}`, scope: { ...none, payoutIds: [subject.payoutId] }, more: [] };
    }
    case 'PAYMENT_RUN': {
      const { paymentRunId } = subject;
      await assertThere(tx, 'payment_run', paymentRunId);
      const scope = { ...none, paymentRunIds: [paymentRunId], payoutIds: await payoutsOf(tx, { paymentRunId }) };
      return { name: `payment-run-${paymentRunId}`, scope, more: [] };
    }
    case 'PROOF_OF_USE': {
      const { proofOfUseId } = subject;
      await assertThere(tx, 'proof_of_use', proofOfUseId);
      const scope = { ...none, proofOfUseIds: [proofOfUseId], payoutIds: await payoutsOf(tx, { proofOfUseId }) };
      return { name: `proof-of-use-${proofOfUseId}`, scope, more: [] };
    }
    case 'FUND_YEAR': {
      const { fundId, year, seed, count } = subject;
      const all = await population(tx, fundId, year);
      const drawn = draw(all, { seed, count });
      const sample = { seed, count, population: all, drawn };
      const content = Buffer.from(`${JSON.stringify(sample, null, 2)}\n`);
      return {
        name: `fund-${fundId}-${year}-${seed}`,
        scope: { ...none, payoutIds: drawn },
        more: [{ path: 'sample.json', content }],
      };
    }
  }
}

async function assertThere(
  tx: Tx,
  ...[table, id]: Parameters<typeof exists> extends [Tx, ...infer Rest] ? Rest : never
) {
  if (!(await exists(tx, table, id))) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
}

/** What the instruments' rules say, with source and days; the ids that a plan names are among them. */
async function rulesInForce(tx: Tx): Promise<FolderFile> {
  const all = await readInstrumentRules(tx);
  const rows = INSTRUMENTS.flatMap((instrument) => all[instrument].rows.map((row) => ({ instrument, ...row })));
  return { path: 'rules/instrument-rules.json', content: Buffer.from(`${JSON.stringify(rows, null, 2)}\n`) };
}

function chainsOf(document: string): { name: string; count: number }[] {
  const { checkpoint } = JSON.parse(document) as { checkpoint: { chains: { name: string; count: number }[] } };
  return checkpoint.chains;
}
