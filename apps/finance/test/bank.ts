import { randomUUID } from 'node:crypto';
import { formatMinor, parseMinor } from '#contracts';

/** A bank as the tests need one: it writes camt.053 and pain.002 messages about payments. */
export interface BankTransaction {
  readonly amount: string;
  readonly endToEndId?: string;
  readonly iban?: string;
  readonly remittance?: string;
  readonly returnReason?: string;
  /** What the test makes of it: an odd one. */
  readonly odd?: (xml: string) => string;
}

export interface BankEntry {
  readonly amount: string;
  readonly direction?: 'DBIT' | 'CRDT';
  readonly on: string;
  readonly reference?: string;
  readonly batch?: string;
  readonly status?: 'BOOK' | 'PDNG';
  readonly transactions?: readonly BankTransaction[];
  readonly odd?: (xml: string) => string;
}

export interface Statement {
  readonly id: string;
  readonly iban: string;
  readonly sequence?: number;
  /** Covered by the statement. */
  readonly day?: string;
  readonly page?: { readonly number: number; readonly isLast: boolean };
  readonly opening?: string;
  readonly closing?: string;
  readonly entries: readonly BankEntry[];
}

export function camt053({
  id,
  iban,
  sequence = 1,
  day,
  page,
  opening = '1000000.00',
  entries,
  ...more
}: Statement): string {
  const closing = more.closing ?? closingOf(opening, entries);
  return report(
    { definition: 'camt.053.001.08', root: 'BkToCstmrStmt', element: 'Stmt' },
    id,
    `
   ${page ? `<StmtPgntn><PgNb>${page.number}</PgNb><LastPgInd>${page.isLast}</LastPgInd></StmtPgntn>` : ''}
   <ElctrncSeqNb>${sequence}</ElctrncSeqNb><CreDtTm>2027-02-12T20:00:00Z</CreDtTm>
   ${day === undefined ? '' : `<FrToDt><FrDtTm>${day}T00:00:00</FrDtTm><ToDtTm>${day}T23:59:59</ToDtTm></FrToDt>`}
   <Acct><Id><IBAN>${iban}</IBAN></Id><Ccy>EUR</Ccy></Acct>
   ${balance('OPBD', opening)}${balance('CLBD', closing)}
   ${entries.map(entryXml).join('')}`,
  );
}

export function camt054({ id, iban, entries }: Statement): string {
  return report(
    { definition: 'camt.054.001.08', root: 'BkToCstmrDbtCdtNtfctn', element: 'Ntfctn' },
    id,
    `
   <CreDtTm>2027-02-12T20:00:00Z</CreDtTm>
   <Acct><Id><IBAN>${iban}</IBAN></Id><Ccy>EUR</Ccy></Acct>
   ${entries.map(entryXml).join('')}`,
  );
}

export function pain002(originalMessageId: string, rejected: 'ALL' | readonly string[]): string {
  const payments = rejected === 'ALL' ? [] : rejected;
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
 <GrpHdr><MsgId>R-${originalMessageId.slice(0, 30)}</MsgId><CreDtTm>2027-02-12T10:00:00Z</CreDtTm></GrpHdr>
 <OrgnlGrpInfAndSts><OrgnlMsgId>${originalMessageId}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>
  <GrpSts>${rejected === 'ALL' ? 'RJCT' : 'PART'}</GrpSts>${rejected === 'ALL' ? '<StsRsnInf><Rsn><Cd>AM04</Cd></Rsn></StsRsnInf>' : ''}</OrgnlGrpInfAndSts>
 <OrgnlPmtInfAndSts><OrgnlPmtInfId>${originalMessageId}</OrgnlPmtInfId>${payments
   .map(
     (id) =>
       `<TxInfAndSts><OrgnlEndToEndId>${id}</OrgnlEndToEndId><TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>AC04</Cd></Rsn></StsRsnInf></TxInfAndSts>`,
   )
   .join('')}</OrgnlPmtInfAndSts>
</CstmrPmtStsRpt></Document>`;
}

/** What a bank says of single payments, by their EndToEndId or the id of the instruction. */
export interface BankAnswer {
  readonly id: string;
  readonly status: string;
  readonly reason?: string;
  readonly name?: string;
  readonly by?: 'OrgnlEndToEndId' | 'OrgnlInstrId';
}

export function pain002Of(originalMessageId: string, answers: readonly BankAnswer[]): string {
  const rows = answers.map(({ id, status, reason, name, by = 'OrgnlEndToEndId' }) => {
    const code = reason ? `<Rsn><Cd>${reason}</Cd></Rsn>` : '';
    const words = name ? `<AddtlInf>${name}</AddtlInf>` : '';
    const info = code || words ? `<StsRsnInf>${code}${words}</StsRsnInf>` : '';
    return `<TxInfAndSts><${by}>${id}</${by}><TxSts>${status}</TxSts>${info}</TxInfAndSts>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
 <GrpHdr><MsgId>A-${randomUUID().slice(0, 30)}</MsgId><CreDtTm>2027-02-12T10:00:00Z</CreDtTm></GrpHdr>
 <OrgnlGrpInfAndSts><OrgnlMsgId>${originalMessageId}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId></OrgnlGrpInfAndSts>
 <OrgnlPmtInfAndSts><OrgnlPmtInfId>${originalMessageId}</OrgnlPmtInfId>${rows.join('')}</OrgnlPmtInfAndSts>
</CstmrPmtStsRpt></Document>`;
}

function report(names: { definition: string; root: string; element: string }, id: string, content: string): string {
  const { definition, root, element } = names;
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:${definition}"><${root}>
 <GrpHdr><MsgId>M-${id}</MsgId><CreDtTm>2027-02-12T20:00:00Z</CreDtTm></GrpHdr>
 <${element}><Id>${id}</Id>${content}</${element}>
</${root}></Document>`;
}

function balance(code: string, amount: string): string {
  return `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2027-02-12</Dt></Dt></Bal>`;
}

function closingOf(opening: string, entries: readonly BankEntry[]): string {
  const booked = entries.filter((entry) => entry.status !== 'PDNG');
  const signed = booked.map(
    (entry) => (parseMinor(entry.amount, 'EUR') ?? 0n) * (entry.direction === 'CRDT' ? 1n : -1n),
  );
  return formatMinor(
    signed.reduce((sum, amountMinor) => sum + amountMinor, parseMinor(opening, 'EUR') ?? 0n),
    'EUR',
  );
}

function entryXml(entry: BankEntry): string {
  const { amount, direction = 'DBIT', on, reference, batch, status = 'BOOK', transactions = [], odd = asIs } = entry;
  const details = transactions.map((it) => (it.odd ?? asIs)(transactionXml(it, direction))).join('');
  return odd(`
   <Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd><Sts><Cd>${status}</Cd></Sts>
    <BookgDt><Dt>${on}</Dt></BookgDt><ValDt><Dt>${on}</Dt></ValDt>${reference ? `<AcctSvcrRef>${reference}</AcctSvcrRef>` : ''}
    <BkTxCd><Prtry><Cd>NTRF</Cd></Prtry></BkTxCd>
    <NtryDtls>${batch ? `<Btch><PmtInfId>${batch}</PmtInfId></Btch>` : ''}${details}</NtryDtls></Ntry>`);
}

const asIs = (xml: string): string => xml;

function transactionXml(transaction: BankTransaction, direction: 'DBIT' | 'CRDT'): string {
  const { amount, endToEndId, iban, remittance, returnReason } = transaction;
  return `<TxDtls><Refs><EndToEndId>${endToEndId ?? 'NOTPROVIDED'}</EndToEndId></Refs><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd>${
    iban
      ? `<RltdPties><${direction === 'DBIT' ? 'Cdtr' : 'Dbtr'}Acct><Id><IBAN>${iban}</IBAN></Id></${direction === 'DBIT' ? 'Cdtr' : 'Dbtr'}Acct></RltdPties>`
      : ''
  }${remittance ? `<RmtInf><Ustrd>${remittance}</Ustrd></RmtInf>` : ''}${
    returnReason ? `<RtrInf><Rsn><Cd>${returnReason}</Cd></Rsn></RtrInf>` : ''
  }</TxDtls>`;
}
