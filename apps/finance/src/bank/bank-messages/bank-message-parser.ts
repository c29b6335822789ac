import type { EntryRows, ParsedBankMessage } from '../bank-entries/parsed-message';
import { XmlTree, type XmlRecordLimits } from '../../files/xml/xml-tree';
import type { XmlElement } from '../../files/xml/xml-element';
import { AccountReportReader } from './account-report';
import { unreadable } from './bank-values';
import { type SchemaOf, SchemaCheck } from './schema-check';
import { StatusReportReader } from './status-report';

/** The definition of a message is its namespace. */
const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:';

/** Where a number is not ISO 20022's own, a daily statement with details has far less. */
export const BANK_MESSAGE_LIMITS: XmlRecordLimits & { readonly bytes: number } = {
  bytes: 16 * 1024 * 1024,
  depth: 32,
  elements: 2_000_000,
  elementsAtOnce: 20_000,
  attributes: 16,
  nameCharacters: 128,
  attributeCharacters: 2048,
  // The longest text of the definitions (Max2048Text).
  textCharacters: 2048,
  commentCharacters: 10_000,
};

/** Reads one kind of message, told of its records as they end. */
interface MessageReader {
  take(record: XmlElement, parents: readonly XmlElement[]): void;
  finish(root: XmlElement): ParsedBankMessage;
}

/**
 * Reads a bank message while it arrives, entry by entry. Refuses with FINANCE_BANK_MESSAGE_UNREADABLE and the path what it needs and
 * does not find, with FINANCE_BANK_MESSAGE_SCHEMA what breaks the message's own definition, and with FINANCE_FILE_LIMIT_EXCEEDED
 * what is more than a bank sends.
 */
export class BankMessageParser {
  private readonly tree: XmlTree;
  private readonly schema: SchemaCheck;
  private reader: MessageReader | undefined;

  constructor(
    private readonly emit: (rows: EntryRows) => void,
    schemaOf: SchemaOf,
    isReadIn: (encoding: string) => boolean = (encoding) => encoding === 'UTF-8',
  ) {
    this.schema = new SchemaCheck(schemaOf, NAMESPACE);
    this.tree = new XmlTree(
      BANK_MESSAGE_LIMITS,
      {
        records: new Set(['Stmt', 'Ntfctn', 'Ntry', 'TxDtls', 'TxInfAndSts']),
        take: (record) => this.take(record),
        listener: this.schema,
        isReadIn,
      },
      unreadable,
    );
  }

  push(text: string): void {
    this.tree.push(text);
  }

  finish(): ParsedBankMessage {
    const document = this.tree.finish();
    this.schema.finish();
    const reader = this.reader ?? this.readerOf(document);
    return reader.finish(document);
  }

  private take(record: XmlElement): void {
    const parents = this.tree.ancestors;
    const [document] = parents;
    // A record that is the root itself belongs to no message.
    if (!document) throw noMessage();
    this.reader ??= this.readerOf(document);
    this.reader.take(record, parents);
  }

  private readerOf(document: XmlElement): MessageReader {
    const { emit } = this;
    if (document.name !== 'Document') throw noMessage();
    switch (document.namespace.replace(NAMESPACE, '')) {
      case 'pain.002.001.10':
        return new StatusReportReader();
      case 'camt.053.001.08':
        return new AccountReportReader({ kind: 'CAMT_053', root: 'BkToCstmrStmt', statement: 'Stmt' }, emit);
      case 'camt.054.001.08':
        return new AccountReportReader({ kind: 'CAMT_054', root: 'BkToCstmrDbtCdtNtfctn', statement: 'Ntfctn' }, emit);
      default:
        throw noMessage();
    }
  }
}

function noMessage(): Error {
  return unreadable('/Document', 'is none of pain.002.001.10, camt.053.001.08, camt.054.001.08');
}
