import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AppError, type BankMessageView, type importBankMessage, type RequestOf, toMoney } from '#contracts';
import { Database, type Tx } from '#database';
import { Commands } from '#messaging';
import { type Call, Clock, newId } from '#platform';
import { Iso20022Schemas, type Iso20022Schema, ISO20022_SCHEMAS } from '../iso20022/iso20022-schemas';
import { MatchService } from '../matches/match.service';
import { KnownItems } from '../matches/known-items';
import type { Allocation } from '../matches/matcher';
import { lockItems, type PaymentItem } from '../matches/payment-item';
import {
  type CamtKind,
  insertEntries,
  insertStatement,
  lockBank,
  lockOpenEntries,
  type StoredEntry,
} from '../matches/bank-entry-rows';
import { UploadService } from '../uploads/upload.service';
import { definitionOf, parseBankMessage } from './bank-message-parser';
import { type ImportOutcome, readBankMessage } from './bank-message.reader';
import type { ParsedBankMessage, ParsedStatement } from '../matches/parsed-message';

type Request = RequestOf<typeof importBankMessage>;
type StatementView = BankMessageView['statements'][number];

const MATCH_AT_ONCE = 500;

interface Arrival {
  readonly id: string;
  readonly message: ParsedBankMessage;
  readonly content: string;
  readonly fileName: string;
  readonly call: Call;
}

/** Takes in what the bank sends: once per file and once per statement, in whatever order it arrives. */
@Injectable()
export class BankMessageService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly schemas: Iso20022Schemas,
    private readonly matches: MatchService,
    private readonly uploads: UploadService,
    private readonly clock: Clock,
  ) {}

  async import(request: Request, call: Call): Promise<BankMessageView> {
    const { content, upload } = request;
    if (content !== undefined) return this.importText(content, request, call);
    if (!upload) throw new AppError('FINANCE_UPLOAD_INCOMPLETE');
    return this.uploads.use(upload, call.caller.subject, async (parts) =>
      this.importText(await textOf(parts), request, call),
    );
  }

  private async importText(content: string, { fileName, dryRun }: Request, call: Call): Promise<BankMessageView> {
    const message = await this.read(content);
    const take = (tx: Tx) => this.take(tx, { id: newId(), message, content, fileName, call });
    return dryRun ? this.rehearse(take) : this.commands.run(call, take);
  }

  /** Does it all and undoes it: the answer is what would happen. */
  private async rehearse(work: (tx: Tx) => Promise<BankMessageView>): Promise<BankMessageView> {
    try {
      return await this.database.transaction(async (tx) => {
        throw new Rehearsed(await work(tx));
      });
    } catch (error) {
      if (error instanceof Rehearsed) return { ...error.view, isDryRun: true };
      throw error;
    }
  }

  private async read(content: string): Promise<ParsedBankMessage> {
    const name = ISO20022_SCHEMAS.find((it) => it === definitionOf(content) && it.startsWith('camt'));
    // The refusal of a document type comes first: the validator's parser must never meet one.
    const message = parseBankMessage(content);
    if (name) await this.validate(name, content);
    return message;
  }

  private async validate(name: Iso20022Schema, content: string): Promise<void> {
    const schema = await this.schemas.ready(name);
    try {
      schema.assertValid(content);
    } catch (error) {
      const fault = error instanceof Error ? error.message.slice(0, 500) : 'invalid';
      throw new AppError('FINANCE_BANK_MESSAGE_SCHEMA', { schema: name, fault }, { cause: error });
    }
  }

  private async take(tx: Tx, arrival: Arrival): Promise<BankMessageView> {
    await lockBank(tx);
    const sha256 = createHash('sha256').update(arrival.content, 'utf8').digest('hex');
    const known = await readBankMessage(tx, { sha256 });
    if (known) return { ...known, isRepeated: true };
    const outcome =
      arrival.message.kind === 'PAIN_002'
        ? await this.takeReport(tx, arrival)
        : await this.takeStatements(tx, arrival, arrival.message.statements);
    const { id, message, content, fileName, call } = arrival;
    await tx.query(
      `INSERT INTO bank_message (id, version, kind, file_name, message_id, sha256, content, outcome, imported_by, imported_at)
       VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        id,
        message.kind,
        fileName,
        message.messageId,
        sha256,
        content,
        JSON.stringify(outcome),
        call.caller.subject,
        this.clock.now(),
      ],
    );
    const view = await readBankMessage(tx, { id });
    if (!view) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return view;
  }

  private async takeStatements(
    tx: Tx,
    { id, message, call }: Arrival,
    statements: readonly ParsedStatement[],
  ): Promise<ImportOutcome> {
    const kind = message.kind as CamtKind;
    const views: StatementView[] = [];
    const ids: string[] = [];
    for (const statement of statements) {
      const bankStatementId = await insertStatement(tx, statement, { bankMessageId: id, kind });
      views.push(statementView(statement, bankStatementId === undefined));
      if (bankStatementId === undefined) continue;
      ids.push(...(await insertEntries(tx, statement, { bankMessageId: id, bankStatementId, kind })));
    }
    const done = await this.matchAll(tx, await lockOpenEntries(tx, { ids }), call);
    // What came too early may fit now: a return whose booking has only just been seen.
    const endToEndIds = done.map(({ item }) => item.endToEndId);
    const waiting = (await lockOpenEntries(tx, { endToEndIds })).filter((entry) => !ids.includes(entry.id));
    done.push(...(await this.matchAll(tx, waiting, call)));
    const [count] = await tx.query<{ matched: number; unmatched: number }>(
      `SELECT count(*) FILTER (WHERE status IN ('MATCHED', 'DUPLICATE'))::int AS matched,
         count(*) FILTER (WHERE status IN ('UNMATCHED', 'PARTLY_MATCHED'))::int AS unmatched
       FROM bank_entry WHERE id = ANY ($1::uuid[])`,
      [ids],
    );
    return {
      statements: views,
      entries: ids.length,
      matchedEntries: count?.matched ?? 0,
      unmatchedEntries: count?.unmatched ?? 0,
      pendingEntries: statements.reduce((sum, it) => sum + it.pendingEntries, 0),
      bookedPayouts: payoutsOf(done, 'BOOKED'),
      returnedPayouts: payoutsOf(done, 'RETURNED'),
      rejectedPayouts: 0,
    };
  }

  private async matchAll(tx: Tx, entries: readonly StoredEntry[], call: Call): Promise<Allocation[]> {
    const done: Allocation[] = [];
    const by = call.caller.subject;
    for (let start = 0; start < entries.length; start += MATCH_AT_ONCE) {
      const batch = entries.slice(start, start + MATCH_AT_ONCE);
      const items = new KnownItems(await lockItems(tx, referencesOf(batch)));
      const decided = batch.map((entry) => ({ entry, ...items.decide(entry, by) }));
      await this.matches.apply(tx, decided, { by, reason: null, correlationId: call.correlationId });
      done.push(...decided.flatMap(({ allocations }) => allocations));
    }
    return done;
  }

  private async takeReport(tx: Tx, { id, message, call }: Arrival): Promise<ImportOutcome> {
    if (message.kind !== 'PAIN_002') throw new AppError('FINANCE_BANK_MESSAGE_UNREADABLE');
    const { report } = message;
    const items = await lockItems(tx, { runMessageIds: [report.originalMessageId] });
    if (items.length === 0) {
      throw new AppError('FINANCE_BANK_MESSAGE_UNKNOWN_RUN', { originalMessageId: report.originalMessageId });
    }
    const named = new Map(report.rejected.map((it) => [it.endToEndId, it.reason]));
    const rejects = items.flatMap((item): { item: PaymentItem; reason: string | null }[] => {
      if (item.status !== 'SENT' || item.seenMinor > 0n) return [];
      if (named.has(item.endToEndId)) return [{ item, reason: named.get(item.endToEndId) ?? report.groupReason }];
      return report.isGroupRejected ? [{ item, reason: report.groupReason }] : [];
    });
    if (rejects.length > 0) {
      const { correlationId, caller } = call;
      const decider = { by: caller.subject, reason: null, correlationId };
      await this.matches.reject(tx, rejects, { bankMessageId: id, messageId: message.messageId, ...decider });
    }
    return {
      statements: [],
      entries: 0,
      matchedEntries: 0,
      unmatchedEntries: 0,
      pendingEntries: 0,
      bookedPayouts: 0,
      returnedPayouts: 0,
      rejectedPayouts: rejects.length,
    };
  }
}

/** The whole text at once: the schema's validator and the reader of statements need it so. */
async function textOf(parts: AsyncIterable<Buffer>): Promise<string> {
  const read: Buffer[] = [];
  for await (const part of parts) read.push(part);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(read));
  } catch (error) {
    throw new AppError('FINANCE_BANK_MESSAGE_UNREADABLE', { detail: 'is not UTF-8' }, { cause: error });
  }
}

/** Payments that are named one by one are enough; the run they came in may have thousands more. */
function referencesOf(entries: readonly StoredEntry[]): { endToEndIds: string[]; runMessageIds: string[] } {
  const named = (entry: StoredEntry) => entry.transactions.flatMap((it) => it.endToEndId ?? []);
  const batched = entries.filter((entry) => named(entry).length === 0);
  return {
    endToEndIds: entries.flatMap(named),
    runMessageIds: batched.flatMap((entry) => [
      ...entry.batchReferences,
      ...entry.transactions.flatMap((it) => it.batchReferences),
    ]),
  };
}

/** Carries the answer of a dry run out of the transaction that is rolled back. */
class Rehearsed extends Error {
  constructor(readonly view: BankMessageView) {
    super('dry run');
  }
}

function payoutsOf(done: readonly Allocation[], kind: Allocation['kind']): number {
  return new Set(done.filter((it) => it.kind === kind).map(({ item }) => item.payoutId)).size;
}

function statementView(statement: ParsedStatement, isRepeated: boolean): StatementView {
  const money = (minor: bigint | null) => (minor === null ? null : toMoney(minor, statement.currency));
  return {
    accountIban: statement.accountIban,
    statementId: statement.statementId,
    pageNumber: statement.pageNumber,
    sequenceNumber: statement.sequenceNumber === null ? null : Number(statement.sequenceNumber),
    from: statement.from,
    to: statement.to,
    opening: money(statement.openingMinor),
    closing: money(statement.closingMinor),
    isRepeated,
  };
}
