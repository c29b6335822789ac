import { Injectable } from '@nestjs/common';
import { AppError, type RequestOf, toMoney, UPLOAD_PART_BYTES } from '#contracts';
import { type BankMessageView, importBankMessage } from '#contracts/finance';
import { Database, type Tx } from '#database';
import { UploadStore } from '#documents';
import { Commands } from '#messaging';
import { assertInTime, type Call, Clock, Handle, newId } from '#platform';
import { FileParser } from '../../files/file-parsing/file-parser.service';
import type { Parsed } from '../../files/file-parsing/parsing-process';
import type { Allocation } from '../bank-entries/matcher';
import {
  type CamtKind,
  insertEntries,
  insertStatement,
  lockBank,
  lockOpenEntries,
  openEntryIds,
} from '../bank-entries/bank-entry-store.service';
import { markCovered, markRepeats } from '../bank-entries/repeat-store.service';
import { BankAnswerService } from '../payment-answers/bank-answer.service';
import { type BankMessageFile, bankMessageFile, bankMessageText } from './bank-message-file';
import { type ImportOutcome, readBankMessage } from './bank-message.reader';
import type { EntryRows, ParsedBankMessage, ParsedStatement } from '../bank-entries/parsed-message';

type Request = RequestOf<typeof importBankMessage>;
type StatementView = BankMessageView['statements'][number];

const MATCH_AT_ONCE = 500;

interface Arrival {
  readonly id: string;
  readonly message: ParsedBankMessage;
  readonly rows: readonly EntryRows[];
  readonly sha256: string;
  readonly isUtf8: boolean;
  readonly request: Request;
  readonly call: Call;
}

/** Takes in what the bank sends: once per file and once per statement, in whatever order it arrives. */
@Injectable()
export class BankMessageService {
  constructor(
    private readonly database: Database,
    private readonly commands: Commands,
    private readonly files: FileParser,
    private readonly answers: BankAnswerService,
    private readonly uploads: UploadStore,
    private readonly clock: Clock,
  ) {}

  @Handle(importBankMessage)
  async import(request: Request, call: Call): Promise<BankMessageView> {
    const { content, upload } = request;
    if (content !== undefined) {
      return this.importFile(await this.files.parse(bankMessageText, inParts(content), call), request, call);
    }
    if (!upload) throw new AppError('FINANCE_UPLOAD_INCOMPLETE');
    return this.uploads.use(upload, call.caller.subject, async (parts) =>
      this.importFile(await this.files.parse(bankMessageFile, parts, call), request, call),
    );
  }

  private importFile(
    { result, batches }: Parsed<EntryRows, BankMessageFile>,
    request: Request,
    call: Call,
  ): Promise<BankMessageView> {
    const take = (tx: Tx) => this.take(tx, { id: newId(), ...result, rows: batches, request, call });
    return request.dryRun ? this.rehearse(take) : this.commands.run(call, take);
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

  private async take(tx: Tx, arrival: Arrival): Promise<BankMessageView> {
    const { id, message, sha256 } = arrival;
    await lockBank(tx);
    const known = await readBankMessage(tx, { sha256 });
    if (known) return { ...known, isRepeated: true };
    const outcome =
      message.kind === 'PAIN_002'
        ? await this.takeReport(tx, arrival)
        : await this.takeStatements(tx, arrival, message.statements);
    await this.keep(tx, arrival, outcome);
    const view = await readBankMessage(tx, { id });
    if (!view) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return view;
  }

  /** An uploaded file goes from its parts to the message within the database; it has to be the one that was read. */
  private async keep(
    tx: Tx,
    { id, message, sha256, isUtf8, request, call }: Arrival,
    outcome: ImportOutcome,
  ): Promise<void> {
    const { subject } = call.caller;
    const rows = await tx.execute(
      `INSERT INTO bank_message (id, version, kind, file_name, message_id, sha256, content, original, outcome, imported_by, imported_at)
       SELECT $1, 1, $2, $3, $4, $5, CASE WHEN $12 THEN convert_from(file.bytes, 'UTF8') ELSE '' END,
         CASE WHEN $12 THEN NULL ELSE file.bytes END, $6, $7, $8
       FROM (SELECT coalesce(convert_to($9::text, 'UTF8'), (SELECT string_agg(p.content, ''::bytea ORDER BY p.number)
           FROM upload_part p WHERE p.upload_id = $10 AND p.owner = $7 AND p.number <= $11))) AS file (bytes)
       WHERE encode(sha256(file.bytes), 'hex') = $5`,
      [
        ...[id, message.kind, request.fileName, message.messageId, sha256, JSON.stringify(outcome), subject],
        ...[this.clock.now(), request.content ?? null, request.upload?.id ?? null, request.upload?.parts ?? null],
        isUtf8,
      ],
    );
    if (rows !== 1) throw new AppError('FINANCE_UPLOAD_INCOMPLETE');
  }

  private async takeStatements(
    tx: Tx,
    { id, message, rows, call }: Arrival,
    statements: readonly ParsedStatement[],
  ): Promise<ImportOutcome> {
    const kind = message.kind as CamtKind;
    const views: StatementView[] = [];
    const newIds: string[] = [];
    const rowsOf = Map.groupBy(rows, (some) => some.statement);
    let entries = 0;
    // One after the other: a statement may repeat one before it in the same file.
    for (const [index, statement] of statements.entries()) {
      const bankStatementId = await insertStatement(tx, statement, { bankMessageId: id, kind });
      views.push(statementView(statement, bankStatementId === undefined));
      if (bankStatementId === undefined) continue;
      newIds.push(bankStatementId);
      for (const some of rowsOf.get(index) ?? []) {
        assertInTime(call);
        const { accountIban } = statement;
        await insertEntries(tx, some, { bankMessageId: id, bankStatementId, kind, accountIban });
        entries += some.entryCount;
      }
      await markRepeats(tx, bankStatementId);
      await markCovered(tx, bankStatementId);
    }
    const done = await this.matchNew(tx, newIds, call);
    return {
      statements: views,
      entries,
      ...(await countMatched(tx, newIds)),
      pendingEntries: statements.reduce((sum, it) => sum + it.pendingEntries, 0),
      bookedPayouts: payoutsOf(done, 'BOOKED'),
      returnedPayouts: payoutsOf(done, 'RETURNED'),
      rejectedPayouts: 0,
    };
  }

  private async matchNew(tx: Tx, statementIds: readonly string[], call: Call): Promise<Allocation[]> {
    const ids = await openEntryIds(tx, statementIds);
    const done: Allocation[] = [];
    const by = { by: call.caller.subject, correlationId: call.correlationId };
    for (let start = 0; start < ids.length; start += MATCH_AT_ONCE) {
      assertInTime(call);
      const entries = await lockOpenEntries(tx, { ids: ids.slice(start, start + MATCH_AT_ONCE) });
      done.push(...(await this.answers.match(tx, entries, by)));
    }
    // What came too early may fit now: a return whose booking has only just been seen.
    const endToEndIds = done.map(({ item }) => item.endToEndId);
    const isNew = new Set(ids);
    const waiting = (await lockOpenEntries(tx, { endToEndIds })).filter((entry) => !isNew.has(entry.id));
    for (let start = 0; start < waiting.length; start += MATCH_AT_ONCE) {
      done.push(...(await this.answers.match(tx, waiting.slice(start, start + MATCH_AT_ONCE), by)));
    }
    return done;
  }

  private async takeReport(tx: Tx, { id, message, call }: Arrival): Promise<ImportOutcome> {
    if (message.kind !== 'PAIN_002') throw new AppError('FINANCE_BANK_MESSAGE_UNREADABLE');
    const { report, messageId } = message;
    const { correlationId, caller } = call;
    const arrived = { bankMessageId: id, messageId, report, by: caller.subject, correlationId };
    return {
      statements: [],
      entries: 0,
      matchedEntries: 0,
      unmatchedEntries: 0,
      pendingEntries: 0,
      bookedPayouts: 0,
      returnedPayouts: 0,
      rejectedPayouts: await this.answers.take(tx, arrived),
    };
  }
}

async function* inParts(content: string): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(content, 'utf8');
  for (let start = 0; start < bytes.length; start += UPLOAD_PART_BYTES) {
    yield bytes.subarray(start, start + UPLOAD_PART_BYTES);
  }
}

async function countMatched(
  tx: Tx,
  statementIds: readonly string[],
): Promise<Pick<ImportOutcome, 'matchedEntries' | 'unmatchedEntries'>> {
  const [count] = await tx.query<{ matched: number; unmatched: number }>(
    `SELECT count(*) FILTER (WHERE status IN ('MATCHED', 'DUPLICATE'))::int AS matched,
       count(*) FILTER (WHERE status IN ('UNMATCHED', 'PARTLY_MATCHED'))::int AS unmatched
     FROM bank_entry WHERE bank_statement_id = ANY ($1::uuid[])`,
    [statementIds],
  );
  return { matchedEntries: count?.matched ?? 0, unmatchedEntries: count?.unmatched ?? 0 };
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
    sequenceNumber: statement.sequenceNumber,
    from: statement.from,
    to: statement.to,
    opening: money(statement.openingMinor),
    closing: money(statement.closingMinor),
    isRepeated,
  };
}
