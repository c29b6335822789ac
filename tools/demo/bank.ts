import XMLBuilder from 'fast-xml-builder';
import { XMLParser } from 'fast-xml-parser';

interface Payment {
  readonly PmtId: { readonly EndToEndId: string };
  readonly Amt: { readonly InstdAmt: { readonly '#text': string; readonly '@Ccy': string } };
}
interface PaymentFile {
  readonly Document: { readonly CstmrCdtTrfInitn: { readonly PmtInf: { readonly CdtTrfTxInf: readonly Payment[] } } };
}

const xml = {
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
};
const parser = new XMLParser({ ...xml, isArray: (name) => name === 'CdtTrfTxInf' });
const builder = new XMLBuilder({ ...xml, format: true, suppressEmptyNode: true });

/** Plays the bank: reads a payment file and answers the camt.053.001.08 statement in which each of its payments is booked. */
export function statementOf(paymentFile: string, account: { id: string; iban: string; bookedOn: string }): string {
  const payments = (parser.parse(paymentFile) as PaymentFile).Document.CstmrCdtTrfInitn.PmtInf.CdtTrfTxInf;
  const at = `${account.bookedOn}T20:00:00Z`;
  const total = payments.reduce((sum, { Amt }) => sum + BigInt(Amt.InstdAmt['#text'].replace('.', '')), 0n);
  const opening = 100_000_000_00n;
  return builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    Document: {
      '@xmlns': 'urn:iso:std:iso:20022:tech:xsd:camt.053.001.08',
      BkToCstmrStmt: {
        GrpHdr: { MsgId: account.id, CreDtTm: at },
        Stmt: {
          Id: account.id,
          CreDtTm: at,
          Acct: { Id: { IBAN: account.iban }, Ccy: 'EUR' },
          Bal: [balance('OPBD', opening, account.bookedOn), balance('CLBD', opening - total, account.bookedOn)],
          Ntry: payments.map((payment) => entry(payment, account.bookedOn)),
        },
      },
    },
  });
}

function entry({ PmtId, Amt }: Payment, bookedOn: string): object {
  return {
    Amt: Amt.InstdAmt,
    CdtDbtInd: 'DBIT',
    Sts: { Cd: 'BOOK' },
    BookgDt: { Dt: bookedOn },
    ValDt: { Dt: bookedOn },
    BkTxCd: { Domn: { Cd: 'PMNT', Fmly: { Cd: 'ICDT', SubFmlyCd: 'ESCT' } } },
    NtryDtls: { TxDtls: { Refs: { EndToEndId: PmtId.EndToEndId }, Amt: Amt.InstdAmt, CdtDbtInd: 'DBIT' } },
  };
}

function balance(code: string, cents: bigint, on: string): object {
  const text = cents.toString().padStart(3, '0');
  return {
    Tp: { CdOrPrtry: { Cd: code } },
    Amt: { '@Ccy': 'EUR', '#text': `${text.slice(0, -2)}.${text.slice(-2)}` },
    CdtDbtInd: 'CRDT',
    Dt: { Dt: on },
  };
}
