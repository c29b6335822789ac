import type { BankEntryObstacle } from '#contracts/finance';
import type { BankEntry } from './bank';
import { amountOf, changedBy, EXECUTION_ON, idOf, type SentRun, single } from './bank-loop';

export const withAmount = (amount: string) => (xml: string) => xml.replace(/<Amt Ccy="EUR">[^<]*<\/Amt>/, amount);

/** Entries about payments of a run that no rule decides, each in one statement alone. */
export const ODD_ENTRIES = {
  STATUS_UNKNOWN: ({ payouts: [it] }) =>
    single(it, { odd: (xml) => xml.replace('<Cd>BOOK</Cd>', '<Prtry>BOOK</Prtry>') }),
  NO_BOOKING_DAY: ({ payouts: [it] }) => single(it, { odd: (xml) => xml.replace(/<BookgDt>.*<\/ValDt>/s, '') }),
  PART_WITHOUT_AMOUNT: ({ payouts: [a, b] }) => ({
    amount: changedBy(amountOf(a), BigInt(amountOf(b).replace('.', ''))),
    on: EXECUTION_ON,
    transactions: [a, b].map((it) => ({ amount: '1.00', endToEndId: idOf(it), odd: withAmount('') })),
  }),
  FOREIGN_CURRENCY: ({ payouts: [it] }) => single(it, { odd: (xml) => xml.replaceAll('Ccy="EUR"', 'Ccy="USD"') }),
  AMOUNT_UNCLEAR: ({ payouts: [it] }) => single(it, { odd: withAmount('<Amt Ccy="EUR">1.00001</Amt>') }),
  REVERSAL: ({ payouts: [it] }) =>
    single(it, { odd: (xml) => xml.replace('</CdtDbtInd>', '</CdtDbtInd><RvslInd>true</RvslInd>') }),
  PARTS_CONTRADICT: ({ payouts: [it] }) =>
    single(it, {
      transactions: [{ amount: amountOf(it), endToEndId: idOf(it), odd: (xml) => xml.replace('>DBIT<', '>CRDT<') }],
    }),
} satisfies Partial<Record<BankEntryObstacle, (sent: SentRun) => BankEntry>>;
