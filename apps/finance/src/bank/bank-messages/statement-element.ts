import { createHash, type Hash } from 'node:crypto';
import type { XmlElement } from '../../files/xml/xml-element';
import type { ParsedStatement } from '../bank-entries/parsed-message';
import { dayAt, numberAt, readAmount, referenceAt } from './bank-values';

/** Where a bank left blank what every statement has. */
const UNNAMED = 'NOTPROVIDED';

/** What is counted of a statement while its entries pass. */
export class EntriesOfStatement {
  count = 0;
  pending = 0;
  /** Of those in the currency of the statement: credits less debits. */
  minor = 0n;
  currency: string | undefined;
  private readonly hash: Hash = createHash('sha256');

  addDigest(digest: string): void {
    this.hash.update(digest);
  }

  digestWith(said: unknown): string {
    return this.hash.update(JSON.stringify(said)).digest('base64url');
  }
}

export function parseStatement(statement: XmlElement, entries: EntriesOfStatement): ParsedStatement {
  const currency = currencyOf(statement) ?? entries.currency ?? 'EUR';
  const said = {
    accountIban: accountOf(statement),
    statementId: referenceAt(statement, 'Id') ?? UNNAMED,
    pageNumber: numberAt(statement, 'StmtPgntn', 'PgNb') ?? numberAt(statement, 'NtfctnPgntn', 'PgNb') ?? 1,
    isLastPage: isLastPage(statement),
    sequenceNumber: numberAt(statement, 'ElctrncSeqNb'),
    from: dayAt(statement, 'FrToDt', 'FrDtTm'),
    to: dayAt(statement, 'FrToDt', 'ToDtTm'),
    datedOn: dayOfStatement(statement),
    currency,
  };
  const [openingMinor, closingMinor] = [
    balanceOf(statement, currency, 'OPBD', 'PRCD'),
    balanceOf(statement, currency, 'CLBD'),
  ];
  const balances = [openingMinor, closingMinor].map((it) => it?.toString() ?? null);
  return {
    ...said,
    openingMinor,
    closingMinor,
    digest: entries.digestWith([said, balances]),
    entriesMinor: entries.minor,
    pendingEntries: entries.pending,
  };
}

/** As the account says it or its balances do: both stand before the entries. */
export function currencyOf(statement: XmlElement): string | undefined {
  return statement.textAt('Acct', 'Ccy') ?? statement.find('Bal', 'Amt')?.attribute('Ccy');
}

/** Its last day, or that of its balances, or when it was made. */
export function dayOfStatement(statement: XmlElement): string | null {
  const balances = statement.all('Bal').map((it) => dayAt(it, 'Dt', 'Dt') ?? dayAt(it, 'Dt', 'DtTm'));
  const latest = balances
    .filter((day) => day !== null)
    .sort()
    .at(-1);
  return dayAt(statement, 'FrToDt', 'ToDtTm') ?? latest ?? dayAt(statement, 'CreDtTm');
}

function accountOf(statement: XmlElement): string {
  const account = referenceAt(statement, 'Acct', 'Id', 'IBAN') ?? referenceAt(statement, 'Acct', 'Id', 'Othr', 'Id');
  return account?.replaceAll(' ', '') ?? UNNAMED;
}

/** In the currency of the account: a multi-currency account may state others beside it. */
function balanceOf(statement: XmlElement, currency: string, ...codes: readonly string[]): bigint | null {
  for (const balance of statement.all('Bal')) {
    const [code, element] = [balance.textAt('Tp', 'CdOrPrtry', 'Cd'), balance.find('Amt')];
    if (code === null || !element || !codes.includes(code)) continue;
    const amount = readAmount(element);
    if (!amount.isExact || amount.currency !== currency) continue;
    return balance.textAt('CdtDbtInd') === 'DBIT' ? -amount.amountMinor : amount.amountMinor;
  }
  return null;
}

function isLastPage(statement: XmlElement): boolean | null {
  const text = statement.textAt('StmtPgntn', 'LastPgInd') ?? statement.textAt('NtfctnPgntn', 'LastPgInd');
  return text === null ? null : ['true', '1'].includes(text);
}
