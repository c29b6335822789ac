import XMLBuilder from 'fast-xml-builder';
import { XMLParser } from 'fast-xml-parser';
import type { Money } from '#contracts';

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

/** The EndToEndId and the amount of each payment of a payment file. */
export function paymentsIn(paymentFile: string): { endToEndId: string; amount: Money }[] {
  const { CdtTrfTxInf } = (parser.parse(paymentFile) as PaymentFile).Document.CstmrCdtTrfInitn.PmtInf;
  return CdtTrfTxInf.map(({ PmtId, Amt: { InstdAmt } }) => ({
    endToEndId: PmtId.EndToEndId,
    amount: { amount: InstdAmt['#text'], currency: InstdAmt['@Ccy'] },
  }));
}

interface Account {
  readonly id: string;
  readonly iban: string;
  readonly bookedOn: string;
}

/** Plays the bank: reads a payment file and answers the camt.053.001.08 statement in which each of its payments is booked. */
export function statementOf(paymentFile: string, account: Account): string {
  const payments = (parser.parse(paymentFile) as PaymentFile).Document.CstmrCdtTrfInitn.PmtInf.CdtTrfTxInf;
  const total = payments.reduce((sum, { Amt }) => sum + BigInt(Amt.InstdAmt['#text'].replace('.', '')), 0n);
  const opening = 100_000_000_00n;
  const balances = [balance('OPBD', opening, account.bookedOn), balance('CLBD', opening - total, account.bookedOn)];
  return documentOf(account, {
    Bal: balances,
    Ntry: payments.map((payment) => entry(payment, account.bookedOn)),
  });
}

/** What comes in during the day, as a camt.054.001.08: a payment that came back, and money that nobody waits for. */
export function incomingOf(
  account: Account,
  incoming: readonly { endToEndId?: string; amount: Money; reason?: string; text: string; from: string }[],
): string {
  return documentOf(
    account,
    {
      Ntry: incoming.map(({ endToEndId, amount, reason, text, from }) => {
        const money = { '@Ccy': amount.currency, '#text': amount.amount };
        return {
          Amt: money,
          CdtDbtInd: 'CRDT',
          Sts: { Cd: 'BOOK' },
          BookgDt: { Dt: account.bookedOn },
          ValDt: { Dt: account.bookedOn },
          BkTxCd: { Domn: { Cd: 'PMNT', Fmly: { Cd: 'RCDT', SubFmlyCd: reason === undefined ? 'ESCT' : 'RRTN' } } },
          NtryDtls: {
            TxDtls: {
              ...(endToEndId !== undefined && { Refs: { EndToEndId: endToEndId } }),
              Amt: money,
              CdtDbtInd: 'CRDT',
              RltdPties: { Dbtr: { Pty: { Nm: from } } },
              RmtInf: { Ustrd: text },
              ...(reason !== undefined && { RtrInf: { Rsn: { Cd: reason } } }),
            },
          },
        };
      }),
    },
    { message: 'camt.054.001.08', root: 'BkToCstmrDbtCdtNtfctn', report: 'Ntfctn' },
  );
}

const STATEMENT = { message: 'camt.053.001.08', root: 'BkToCstmrStmt', report: 'Stmt' };

function documentOf({ id, iban, bookedOn }: Account, content: object, kind = STATEMENT): string {
  const at = `${bookedOn}T20:00:00Z`;
  return builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    Document: {
      '@xmlns': `urn:iso:std:iso:20022:tech:xsd:${kind.message}`,
      [kind.root]: {
        GrpHdr: { MsgId: id, CreDtTm: at },
        [kind.report]: { Id: id, CreDtTm: at, Acct: { Id: { IBAN: iban }, Ccy: 'EUR' }, ...content },
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
