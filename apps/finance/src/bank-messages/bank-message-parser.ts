import type {
  ParsedBankMessage,
  ParsedEntry,
  ParsedStatement,
  ParsedStatusReport,
  ParsedTransaction,
} from '../matches/parsed-message';
import { unreadable, XmlReader } from './xml-reader';

const NAMESPACE = /xmlns(?::\w+)?\s*=\s*["']urn:iso:std:iso:20022:tech:xsd:((?:pain|camt)\.\d{3}\.\d{3}\.\d{2})["']/;
/** What a bank writes where the payer gave no reference. */
const NO_REFERENCE = new Set(['NOTPROVIDED', 'NONREF', 'NOREF']);

/** The message definition that a document claims to follow; undefined when it names none. */
export function definitionOf(xml: string): string | undefined {
  return NAMESPACE.exec(xml)?.[1];
}

/** Reads a bank message; refuses with FINANCE_BANK_MESSAGE_UNREADABLE and the path what it needs and does not find. */
export function parseBankMessage(xml: string): ParsedBankMessage {
  const document = XmlReader.parse(xml).at('Document');
  switch (definitionOf(xml)) {
    case 'pain.002.001.10':
      return parseStatusReport(document.at('CstmrPmtStsRpt'));
    case 'camt.053.001.08':
      return parseAccountReport(document.at('BkToCstmrStmt'), { kind: 'CAMT_053', element: 'Stmt' });
    case 'camt.054.001.08':
      return parseAccountReport(document.at('BkToCstmrDbtCdtNtfctn'), { kind: 'CAMT_054', element: 'Ntfctn' });
    case undefined:
    default:
      throw unreadable('/Document', 'is none of pain.002.001.10, camt.053.001.08, camt.054.001.08');
  }
}

function parseAccountReport(
  root: XmlReader,
  { kind, element }: { kind: 'CAMT_053' | 'CAMT_054'; element: string },
): ParsedBankMessage {
  const messageId = root.at('GrpHdr').at('MsgId').text;
  return { kind, messageId, statements: root.all(element).map(parseStatement) };
}

function parseStatement(statement: XmlReader): ParsedStatement {
  const all = statement.all('Ntry').map((entry, index) => ({ entry, number: index + 1 }));
  const booked = all.filter(({ entry }) => (entry.textAt('Sts', 'Cd') ?? entry.textAt('Sts')) === 'BOOK');
  const account = statement.at('Acct');
  const accountIban = account.textAt('Id', 'IBAN') ?? account.textAt('Id', 'Othr', 'Id');
  if (accountIban === null) throw unreadable(`${account.name}/Id`, 'names no account');
  const balances = statement.all('Bal').map((balance) => ({
    code: balance.textAt('Tp', 'CdOrPrtry', 'Cd'),
    currency: balance.at('Amt').amount.currency,
    amountMinor: balance.at('Amt').amount.amountMinor * (balance.at('CdtDbtInd').text === 'DBIT' ? -1n : 1n),
  }));
  const entries = booked.map(({ entry, number }) => parseEntry(entry, number));
  const currency = account.textAt('Ccy') ?? balances[0]?.currency ?? entries[0]?.currency ?? 'EUR';
  const foreign = entries.find((entry) => entry.currency !== currency);
  if (foreign) throw unreadable(statement.name, `entry ${foreign.number} is not in the account's currency`);
  const sequence = statement.textAt('ElctrncSeqNb');
  return {
    accountIban: accountIban.replaceAll(' ', ''),
    statementId: statement.at('Id').text,
    pageNumber: Number(statement.textAt('StmtPgntn', 'PgNb') ?? statement.textAt('NtfctnPgntn', 'PgNb') ?? '1'),
    sequenceNumber: sequence === null ? null : BigInt(sequence),
    from: statement.textAt('FrToDt', 'FrDtTm')?.slice(0, 10) ?? null,
    to: statement.textAt('FrToDt', 'ToDtTm')?.slice(0, 10) ?? null,
    currency,
    openingMinor: balances.find((it) => it.code === 'OPBD' || it.code === 'PRCD')?.amountMinor ?? null,
    closingMinor: balances.find((it) => it.code === 'CLBD')?.amountMinor ?? null,
    entries,
    pendingEntries: all.length - booked.length,
  };
}

function parseEntry(entry: XmlReader, number: number): ParsedEntry {
  const { amountMinor, currency } = entry.at('Amt').amount;
  const bookedOn = entry.find('BookgDt')?.day ?? entry.find('ValDt')?.day;
  if (bookedOn === undefined) throw unreadable(`${entry.name}/BookgDt`, 'is missing on a booked entry');
  const details = entry.all('NtryDtls');
  const transactions = details.flatMap((detail) => detail.all('TxDtls'));
  return {
    number,
    direction: entry.at('CdtDbtInd').text === 'DBIT' ? 'DEBIT' : 'CREDIT',
    amountMinor,
    currency,
    bookedOn,
    valueOn: entry.find('ValDt')?.day ?? null,
    bankReference: entry.textAt('AcctSvcrRef'),
    batchReferences: details.flatMap((detail) =>
      references(detail.textAt('Btch', 'PmtInfId'), detail.textAt('Btch', 'MsgId')),
    ),
    transactions: transactions.map((it) => parseTransaction(it, transactions.length === 1 ? amountMinor : undefined)),
  };
}

function parseTransaction(transaction: XmlReader, onlyAmountMinor: bigint | undefined): ParsedTransaction {
  const stated = transaction.find('Amt') ?? transaction.find('AmtDtls', 'TxAmt', 'Amt');
  const amountMinor = stated?.amount.amountMinor ?? onlyAmountMinor;
  if (amountMinor === undefined) throw unreadable(`${transaction.name}/Amt`, 'is missing in a batch');
  const isDebit = transaction.textAt('CdtDbtInd') !== 'CRDT';
  const party = isDebit ? 'Cdtr' : 'Dbtr';
  const reason = transaction.find('RtrInf');
  const account = (name: string) => transaction.textAt('RltdPties', `${name}Acct`, 'Id', 'IBAN');
  return {
    amountMinor,
    endToEndId: references(transaction.textAt('Refs', 'EndToEndId'))[0] ?? null,
    batchReferences: references(transaction.textAt('Refs', 'PmtInfId'), transaction.textAt('Refs', 'MsgId')),
    counterpartyName: transaction.textAt('RltdPties', party, 'Pty', 'Nm'),
    // In a return the original creditor stays the creditor at some banks and becomes the debtor at others.
    counterpartyIban: account(party) ?? (reason ? (account('Cdtr') ?? account('Dbtr')) : null),
    remittance:
      transaction
        .find('RmtInf')
        ?.all('Ustrd')
        .map((line) => line.text)
        .join(' ') ?? null,
    returnReason: reason ? (reason.textAt('Rsn', 'Cd') ?? reason.textAt('Rsn', 'Prtry') ?? 'UNSTATED') : null,
  };
}

function references(...texts: (string | null)[]): string[] {
  return texts.filter((text): text is string => text !== null && !NO_REFERENCE.has(text.toUpperCase()));
}

const GROUP_STATUSES = new Set([
  'ACCC',
  'ACCP',
  'ACSC',
  'ACSP',
  'ACTC',
  'ACWC',
  'PART',
  'PDNG',
  'RCVD',
  'RJCT',
  'ACFC',
  'ACWP',
  'PATC',
  'CANC',
]);

function parseStatusReport(root: XmlReader): ParsedBankMessage {
  const group = root.at('OrgnlGrpInfAndSts');
  const originalMessageId = group.at('OrgnlMsgId').text;
  const isGroupRejected = statusOf(group, 'GrpSts') === 'RJCT';
  const rejected: { endToEndId: string; reason: string | null }[] = [];
  let isBatchRejected = false;
  for (const batch of root.all('OrgnlPmtInfAndSts')) {
    batch.at('OrgnlPmtInfId');
    if (statusOf(batch, 'PmtInfSts') === 'RJCT') isBatchRejected = true;
    for (const payment of batch.all('TxInfAndSts')) {
      if (statusOf(payment, 'TxSts') !== 'RJCT') continue;
      rejected.push({ endToEndId: payment.at('OrgnlEndToEndId').text, reason: reasonOf(payment) });
    }
  }
  const batchReason = root
    .all('OrgnlPmtInfAndSts')
    .map(reasonOf)
    .find((reason) => reason !== null);
  const report: ParsedStatusReport = {
    originalMessageId,
    // A file from here has one batch, so a refused batch is the whole file.
    isGroupRejected: isGroupRejected || isBatchRejected,
    groupReason: reasonOf(group) ?? batchReason ?? null,
    rejected,
  };
  return { kind: 'PAIN_002', messageId: root.at('GrpHdr').at('MsgId').text, report };
}

function statusOf(node: XmlReader, name: string): string | null {
  const status = node.textAt(name);
  if (status !== null && !GROUP_STATUSES.has(status)) throw unreadable(`${node.name}/${name}`, 'is no payment status');
  return status;
}

function reasonOf(node: XmlReader): string | null {
  const [reason] = node.all('StsRsnInf');
  return reason ? (reason.textAt('Rsn', 'Cd') ?? reason.textAt('Rsn', 'Prtry')) : null;
}
