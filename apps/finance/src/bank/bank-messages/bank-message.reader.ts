import { Injectable } from '@nestjs/common';
import { FILE_PART_BYTES, AppError, type Page, type ReplyOf, type RequestOf } from '#contracts';
import {
  type BankMessageSummary,
  type BankMessageView,
  getBankMessage,
  getBankMessageFile,
  listBankMessages,
  STATEMENTS_SHOWN,
} from '#contracts/finance';
import { Database, Filters } from '#database';
import { Handle } from '#platform';

/** What an import did; kept with the message. */
export type ImportOutcome = Pick<
  BankMessageView,
  | 'statements'
  | 'entries'
  | 'matchedEntries'
  | 'unmatchedEntries'
  | 'pendingEntries'
  | 'bookedPayouts'
  | 'returnedPayouts'
  | 'rejectedPayouts'
>;

interface MessageRow {
  readonly id: string;
  readonly version: number;
  readonly kind: BankMessageView['kind'];
  readonly fileName: string;
  readonly messageId: string;
  readonly sha256: string;
  readonly outcome: ImportOutcome;
  readonly importedBy: string;
  readonly importedAt: Date;
  readonly waitingAnswers: number;
  readonly openAnswers: number;
}

type MessageListRow = Omit<MessageRow, 'outcome'> & { readonly outcome: Omit<ImportOutcome, 'statements'> };

const COLUMNS = `m.id, m.version, m.kind, m.file_name, m.message_id, m.sha256,
  m.imported_by, m.imported_at,
  (SELECT count(*)::int FROM payment_answer a WHERE a.bank_message_id = m.id AND a.state = 'WAITING') AS waiting_answers,
  (SELECT count(*)::int FROM payment_answer a WHERE a.bank_message_id = m.id AND a.state IN ('OPEN', 'PROPOSED')) AS open_answers`;
const MESSAGE = `SELECT ${COLUMNS}, m.outcome FROM bank_message m`;

/** Reads what the imports of bank messages did. */
@Injectable()
export class BankMessageReader {
  constructor(private readonly database: Database) {}

  @Handle(getBankMessage)
  async get({ bankMessageId }: RequestOf<typeof getBankMessage>): Promise<BankMessageView> {
    const view = await readBankMessage(this.database, { id: bankMessageId });
    if (!view) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    return view;
  }

  /** The file as it came, in parts that fit one answer; a part may end within a letter, its bytes are put together again. */
  @Handle(getBankMessageFile)
  async file({
    bankMessageId,
    offset,
  }: RequestOf<typeof getBankMessageFile>): Promise<ReplyOf<typeof getBankMessageFile>> {
    const [row] = await this.database.query<{ fileName: string; bytes: Buffer; size: number }>(
      `SELECT m.file_name, substring(file.bytes FROM $2::int + 1 FOR ${FILE_PART_BYTES}) AS bytes,
         length(file.bytes) AS size
       FROM bank_message m CROSS JOIN LATERAL (SELECT coalesce(m.original, convert_to(m.content, 'UTF8')) AS bytes) file WHERE m.id = $1`,
      [bankMessageId, offset],
    );
    if (!row) throw new AppError('PLATFORM_RESOURCE_NOT_FOUND');
    const end = offset + row.bytes.length;
    return {
      mediaType: 'application/xml',
      fileName: row.fileName,
      encoding: 'base64',
      body: row.bytes.toString('base64'),
      nextOffset: row.bytes.length > 0 && end < row.size ? end : null,
    };
  }

  @Handle(listBankMessages)
  async list({ limit, cursor, ...filter }: RequestOf<typeof listBankMessages>): Promise<Page<BankMessageSummary>> {
    const filters = new Filters().add('m.kind = ANY (?)', filter.kind);
    return this.database.page<MessageListRow, BankMessageSummary>({
      select: `SELECT ${COLUMNS}, m.outcome - 'statements' AS outcome FROM bank_message m`,
      where: filters.conditions,
      parameters: filters.parameters,
      sort: [{ key: 'importedAt', column: 'm.imported_at', type: 'timestamptz', descending: true }],
      idColumn: 'm.id',
      limit,
      cursor,
      filterHash: { list: 'bank-messages', ...filter },
      items: (rows) => rows.map(bankMessageSummary),
    });
  }
}

export async function readBankMessage(
  source: { query<Row extends object>(sql: string, parameters: unknown[]): Promise<Row[]> },
  by: { id: string } | { sha256: string },
): Promise<BankMessageView | undefined> {
  const [row] =
    'id' in by
      ? await source.query<MessageRow>(`${MESSAGE} WHERE m.id = $1`, [by.id])
      : await source.query<MessageRow>(`${MESSAGE} WHERE m.sha256 = $1`, [by.sha256]);
  return row && bankMessageView(row);
}

function bankMessageView(row: MessageRow): BankMessageView {
  return { ...bankMessageSummary(row), statements: row.outcome.statements.slice(0, STATEMENTS_SHOWN) };
}

function bankMessageSummary({ outcome: { ...outcome }, importedAt, ...row }: MessageListRow): BankMessageSummary {
  return { ...row, ...outcome, isRepeated: false, isDryRun: false, importedAt: importedAt.toISOString() };
}
