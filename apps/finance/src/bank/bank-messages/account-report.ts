import { EntryRowWriter } from '../bank-entries/entry-rows';
import type { EntryRows, ParsedBankMessage, ParsedStatement, ParsedTransaction } from '../bank-entries/parsed-message';
import type { XmlElement } from '../../files/xml/xml-element';
import { at, dayAt, exceeded, referenceAt, unreadable } from './bank-values';
import { isPending, parseEntry, parseTransaction } from './entry-element';
import { currencyOf, dayOfStatement, EntriesOfStatement, parseStatement } from './statement-element';

/** Of one file. */
export const ENTRIES_MAX = 50_000;
export const TRANSACTIONS_MAX = 50_000;
export const STATEMENTS_MAX = 500;
/** Keeps sums over many statements within the 64 bits of the database. */
const STATEMENT_MINOR_MAX = 10n ** 16n;

/** Reads statements (camt.053) and notifications (camt.054): an entry leaves as rows as soon as it has ended. */
export class AccountReportReader {
  private readonly statements: ParsedStatement[] = [];
  private readonly rows: EntryRowWriter;
  private transactions: ParsedTransaction[] = [];
  private entries = new EntriesOfStatement();
  private ofFile = { entries: 0, transactions: 0 };

  constructor(
    private readonly names: {
      readonly kind: 'CAMT_053' | 'CAMT_054';
      readonly root: string;
      readonly statement: string;
    },
    emit: (rows: EntryRows) => void,
  ) {
    this.rows = new EntryRowWriter(emit);
  }

  take(record: XmlElement, parents: readonly XmlElement[]): void {
    const [, root, statement, entry] = parents;
    if (root?.name !== this.names.root) throw unreadable(record.path, `stands outside ${this.names.root}`);
    switch (record.name) {
      case 'TxDtls':
        if (entry && !isPending(entry)) this.takeTransaction(record, entry);
        return;
      case 'Ntry':
        if (statement?.name !== this.names.statement) throw unreadable(record.path, 'stands outside a statement');
        this.takeEntry(record, statement, root);
        return;
      case this.names.statement:
        this.takeStatement(record);
        return;
      default:
        throw unreadable(record.path, 'does not belong here');
    }
  }

  finish(document: XmlElement): ParsedBankMessage {
    const root = at(document, this.names.root);
    const messageId = referenceAt(root, 'GrpHdr', 'MsgId') ?? '';
    return { kind: this.names.kind, messageId, statements: this.statements };
  }

  private takeTransaction(element: XmlElement, entry: XmlElement): void {
    this.ofFile.transactions += 1;
    if (this.ofFile.transactions > TRANSACTIONS_MAX) {
      throw exceeded(element.path, element, 'transactions', TRANSACTIONS_MAX);
    }
    this.transactions.push(parseTransaction(element, entry));
  }

  private takeEntry(element: XmlElement, statement: XmlElement, root: XmlElement): void {
    const { entries, ofFile, transactions } = this;
    ofFile.entries += 1;
    entries.count += 1;
    if (ofFile.entries > ENTRIES_MAX) throw exceeded(element.path, element, 'entries', ENTRIES_MAX);
    this.transactions = [];
    if (isPending(element)) {
      entries.pending += 1;
      return;
    }
    entries.currency ??= currencyOf(statement) ?? at(element, 'Amt').attribute('Ccy');
    const entry = parseEntry(element, transactions, {
      currency: entries.currency,
      statementDay: dayOfStatement(statement) ?? dayOfFile(root),
      number: entries.count,
    });
    if (entry.currency === entries.currency) {
      entries.minor += entry.direction === 'DEBIT' ? -entry.amountMinor : entry.amountMinor;
    }
    entries.addDigest(this.rows.add(this.statements.length, entry));
  }

  private takeStatement(element: XmlElement): void {
    const { minor } = this.entries;
    if (this.statements.length >= STATEMENTS_MAX) throw exceeded(element.path, element, 'statements', STATEMENTS_MAX);
    if (minor > STATEMENT_MINOR_MAX || minor < -STATEMENT_MINOR_MAX) {
      throw exceeded(element.path, element, 'statementMinor', Number(STATEMENT_MINOR_MAX));
    }
    this.rows.flush(this.statements.length);
    this.statements.push(parseStatement(element, this.entries));
    this.entries = new EntriesOfStatement();
  }
}

function dayOfFile(root: XmlElement): string {
  const day = dayAt(root, 'GrpHdr', 'CreDtTm');
  if (day === null) throw unreadable(`${root.path}/GrpHdr/CreDtTm`, 'is no date');
  return day;
}
