import { EntryRowWriter } from '../bank-entries/entry-rows';
import type {
  EntryRows,
  ParsedBankMessage,
  ParsedEntry,
  ParsedStatement,
  ParsedTransaction,
} from '../bank-entries/parsed-message';
import type { XmlElement } from '../../files/xml/xml-element';
import {
  amountOf,
  at,
  dayAt,
  dayOf,
  exceeded,
  numberAt,
  referenceAt,
  requiredReferenceAt,
  textOf,
  unreadable,
} from './bank-values';

/** Of one file. */
export const ENTRIES_MAX = 50_000;
export const TRANSACTIONS_MAX = 50_000;
export const STATEMENTS_MAX = 500;
/** Of one entry: a collective booking names its file, at times several. */
export const BATCH_REFERENCES_MAX = 100;
/** Of one payment, all its lines together: 9,000 is the most that payment schemes carry. */
export const REMITTANCE_CHARACTERS_MAX = 10_000;
/** Keeps sums over many statements within the 64 bits of the database. */
const STATEMENT_MINOR_MAX = 10n ** 16n;
/** What a bank writes where the payer gave no reference. */
const NO_REFERENCE = new Set(['NOTPROVIDED', 'NONREF', 'NOREF']);

/** Its path is for the refusal of one without an amount. */
type Unpriced = Omit<ParsedTransaction, 'amountMinor'> & {
  readonly amountMinor: bigint | undefined;
  readonly path: string;
};

/** Reads statements (camt.053) and notifications (camt.054): an entry leaves as rows as soon as it has ended. */
export class AccountReportReader {
  private readonly statements: ParsedStatement[] = [];
  private readonly rows: EntryRowWriter;
  private transactions: Unpriced[] = [];
  private entries = { ofFile: 0, ofStatement: 0, pending: 0, minor: 0n, currency: undefined as string | undefined };
  private transactionsOfFile = 0;

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
        if (entry && isBooked(entry)) this.takeTransaction(record);
        return;
      case 'Ntry':
        if (statement?.name !== this.names.statement) throw unreadable(record.path, 'stands outside a statement');
        this.takeEntry(record, statement);
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
    const messageId = requiredReferenceAt(at(root, 'GrpHdr'), 'MsgId');
    return { kind: this.names.kind, messageId, statements: this.statements };
  }

  private takeTransaction(element: XmlElement): void {
    this.transactionsOfFile += 1;
    if (this.transactionsOfFile > TRANSACTIONS_MAX) {
      throw exceeded(element.path, element, 'transactions', TRANSACTIONS_MAX);
    }
    this.transactions.push(parseTransaction(element));
  }

  private takeEntry(element: XmlElement, statement: XmlElement): void {
    const { entries } = this;
    entries.ofFile += 1;
    entries.ofStatement += 1;
    if (entries.ofFile > ENTRIES_MAX) throw exceeded(element.path, element, 'entries', ENTRIES_MAX);
    const transactions = this.transactions;
    this.transactions = [];
    if (!isBooked(element)) {
      entries.pending += 1;
      return;
    }
    const entry = parseEntry(element, entries.ofStatement, transactions);
    entries.currency ??= currencyOf(statement) ?? entry.currency;
    if (entry.currency !== entries.currency) {
      throw unreadable(statement.path, `entry ${entry.number} is not in the account's currency`);
    }
    entries.minor += entry.direction === 'DEBIT' ? -entry.amountMinor : entry.amountMinor;
    this.rows.add(this.statements.length, entry);
  }

  private takeStatement(element: XmlElement): void {
    const { pending, minor, currency } = this.entries;
    if (this.statements.length >= STATEMENTS_MAX) throw exceeded(element.path, element, 'statements', STATEMENTS_MAX);
    if (minor > STATEMENT_MINOR_MAX || minor < -STATEMENT_MINOR_MAX) {
      throw exceeded(element.path, element, 'statementMinor', Number(STATEMENT_MINOR_MAX));
    }
    this.rows.flush(this.statements.length);
    this.statements.push(parseStatement(element, { pending, minor, currency }));
    this.entries = { ofFile: this.entries.ofFile, ofStatement: 0, pending: 0, minor: 0n, currency: undefined };
  }
}

function parseStatement(
  statement: XmlElement,
  entries: { pending: number; minor: bigint; currency: string | undefined },
): ParsedStatement {
  const account = at(statement, 'Acct');
  const accountIban = referenceAt(account, 'Id', 'IBAN') ?? referenceAt(account, 'Id', 'Othr', 'Id');
  if (accountIban === null) throw unreadable(`${account.path}/Id`, 'names no account');
  const balances = statement.all('Bal').map((balance) => {
    const { amountMinor } = amountOf(at(balance, 'Amt'));
    const isDebit = textOf(at(balance, 'CdtDbtInd')) === 'DBIT';
    return { code: balance.textAt('Tp', 'CdOrPrtry', 'Cd'), amountMinor: isDebit ? -amountMinor : amountMinor };
  });
  const balance = (...codes: string[]) =>
    balances.find(({ code }) => code !== null && codes.includes(code))?.amountMinor ?? null;
  return {
    accountIban: accountIban.replaceAll(' ', ''),
    statementId: requiredReferenceAt(statement, 'Id'),
    pageNumber: numberAt(statement, 'StmtPgntn', 'PgNb') ?? numberAt(statement, 'NtfctnPgntn', 'PgNb') ?? 1,
    sequenceNumber: numberAt(statement, 'ElctrncSeqNb'),
    from: dayAt(statement, 'FrToDt', 'FrDtTm'),
    to: dayAt(statement, 'FrToDt', 'ToDtTm'),
    currency: currencyOf(statement) ?? entries.currency ?? 'EUR',
    openingMinor: balance('OPBD', 'PRCD'),
    closingMinor: balance('CLBD'),
    entriesMinor: entries.minor,
    pendingEntries: entries.pending,
  };
}

/** As the account says it or its balances do: both stand before the entries. */
function currencyOf(statement: XmlElement): string | undefined {
  const balance = statement.find('Bal', 'Amt');
  return statement.textAt('Acct', 'Ccy') ?? (balance && amountOf(balance).currency);
}

function isBooked(entry: XmlElement): boolean {
  return (entry.textAt('Sts', 'Cd') ?? entry.textAt('Sts')) === 'BOOK';
}

function parseEntry(entry: XmlElement, number: number, transactions: readonly Unpriced[]): ParsedEntry {
  const { amountMinor, currency } = amountOf(at(entry, 'Amt'));
  const [booked, value] = [entry.find('BookgDt'), entry.find('ValDt')];
  const bookedOn = booked ?? value;
  if (!bookedOn) throw unreadable(`${entry.path}/BookgDt`, 'is missing on a booked entry');
  const batchReferences = entry
    .all('NtryDtls')
    .flatMap((detail) => references(referenceAt(detail, 'Btch', 'PmtInfId'), referenceAt(detail, 'Btch', 'MsgId')));
  if (batchReferences.length > BATCH_REFERENCES_MAX) {
    throw exceeded(entry.path, entry, 'batchReferences', BATCH_REFERENCES_MAX);
  }
  return {
    number,
    direction: textOf(at(entry, 'CdtDbtInd')) === 'DBIT' ? 'DEBIT' : 'CREDIT',
    amountMinor,
    currency,
    bookedOn: dayOf(bookedOn),
    valueOn: value ? dayOf(value) : null,
    bankReference: referenceAt(entry, 'AcctSvcrRef'),
    batchReferences,
    transactions: transactions.map((it) => priced(it, transactions.length === 1 ? amountMinor : undefined)),
  };
}

/** The only payment of an entry has the entry's amount; in a batch each states its own. */
function priced({ path, ...transaction }: Unpriced, onlyAmountMinor: bigint | undefined): ParsedTransaction {
  const amountMinor = transaction.amountMinor ?? onlyAmountMinor;
  if (amountMinor === undefined) throw unreadable(`${path}/Amt`, 'is missing in a batch');
  return { ...transaction, amountMinor };
}

function parseTransaction(transaction: XmlElement): Unpriced {
  const stated = transaction.find('Amt') ?? transaction.find('AmtDtls', 'TxAmt', 'Amt');
  const isDebit = transaction.textAt('CdtDbtInd') !== 'CRDT';
  const party = isDebit ? 'Cdtr' : 'Dbtr';
  const reason = transaction.find('RtrInf');
  const account = (name: string) => referenceAt(transaction, 'RltdPties', `${name}Acct`, 'Id', 'IBAN');
  return {
    path: stated ? '' : transaction.path,
    amountMinor: stated && amountOf(stated).amountMinor,
    endToEndId: references(referenceAt(transaction, 'Refs', 'EndToEndId'))[0] ?? null,
    batchReferences: references(
      referenceAt(transaction, 'Refs', 'PmtInfId'),
      referenceAt(transaction, 'Refs', 'MsgId'),
    ),
    counterpartyName: transaction.textAt('RltdPties', party, 'Pty', 'Nm'),
    // In a return the original creditor stays the creditor at some banks and becomes the debtor at others.
    counterpartyIban: account(party) ?? (reason ? (account('Cdtr') ?? account('Dbtr')) : null),
    remittance: remittanceOf(transaction),
    returnReason: reason ? (reason.textAt('Rsn', 'Cd') ?? reason.textAt('Rsn', 'Prtry') ?? 'UNSTATED') : null,
  };
}

function remittanceOf(transaction: XmlElement): string | null {
  const lines = transaction.find('RmtInf')?.all('Ustrd').map(textOf);
  const remittance = lines?.join(' ') ?? null;
  if (remittance !== null && remittance.length > REMITTANCE_CHARACTERS_MAX) {
    throw exceeded(`${transaction.path}/RmtInf`, transaction, 'remittanceCharacters', REMITTANCE_CHARACTERS_MAX);
  }
  return remittance;
}

function references(...texts: (string | null)[]): string[] {
  return texts.filter((text): text is string => text !== null && !NO_REFERENCE.has(text.toUpperCase()));
}
