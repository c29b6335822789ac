import type { ReadingLanguage } from '#platform';

interface Words {
  readonly en: string;
  readonly de: string;
  /** The account does not take money: a payment to the same one comes back again. */
  readonly isAccountAtFault?: true;
}

/** What banks answer (ISO 20022, ExternalStatusReason1Code and ExternalReturnReason1Code), as far as credit transfers carry it. */
const REASONS: Readonly<Record<string, Words>> = {
  AC01: { en: 'the account number is wrong', de: 'die Kontonummer ist falsch', isAccountAtFault: true },
  AC03: {
    en: 'the account of the payee is not valid',
    de: 'das Konto des Empfängers ist ungültig',
    isAccountAtFault: true,
  },
  AC04: { en: 'the account is closed', de: 'das Konto ist erloschen', isAccountAtFault: true },
  AC06: { en: 'the account is blocked', de: 'das Konto ist gesperrt', isAccountAtFault: true },
  AC07: {
    en: 'the account of the payee is closed',
    de: 'das Konto des Empfängers ist erloschen',
    isAccountAtFault: true,
  },
  AC13: {
    en: 'the account is of a kind that takes no such payment',
    de: 'das Konto nimmt solche Zahlungen nicht an',
    isAccountAtFault: true,
  },
  AG01: {
    en: 'the account does not take such payments',
    de: 'das Konto ist für solche Zahlungen nicht zugelassen',
    isAccountAtFault: true,
  },
  AG02: { en: 'the bank does not know this kind of order', de: 'die Bank kennt diese Art von Auftrag nicht' },
  AM01: { en: 'the amount is zero', de: 'der Betrag ist null' },
  AM02: { en: 'the amount is not allowed', de: 'der Betrag ist nicht zulässig' },
  AM03: { en: 'the currency is not allowed', de: 'die Währung ist nicht zulässig' },
  AM04: { en: 'the account had no cover', de: 'das Konto war nicht gedeckt' },
  AM05: { en: 'the bank takes it for a payment made twice', de: 'die Bank hält sie für doppelt' },
  AM09: { en: 'the amount is wrong', de: 'der Betrag ist falsch' },
  BE01: { en: 'name and account do not belong together', de: 'Name und Konto gehören nicht zusammen' },
  BE04: {
    en: 'the address of the payee is missing or wrong',
    de: 'die Anschrift des Empfängers fehlt oder ist falsch',
  },
  BE05: { en: 'the bank does not know who ordered it', de: 'die Bank kennt den Auftraggeber nicht' },
  CNOR: { en: 'the bank of the payee is not reached', de: 'die Bank des Empfängers ist nicht erreichbar' },
  CURR: { en: 'the currency is wrong', de: 'die Währung ist falsch' },
  CUST: { en: 'it was called back by the one who ordered it', de: 'der Auftraggeber hat sie zurückgerufen' },
  DT01: { en: 'the date is not valid', de: 'das Datum ist ungültig' },
  DUPL: { en: 'it was paid twice', de: 'sie wurde doppelt gezahlt' },
  ED05: { en: 'the settlement between the banks failed', de: 'die Verrechnung zwischen den Banken ist gescheitert' },
  FF01: { en: 'the format is not valid', de: 'das Format ist ungültig' },
  FOCR: { en: 'it came back after a recall', de: 'sie kam nach einem Rückruf zurück' },
  FR01: { en: 'fraud is suspected', de: 'es besteht Verdacht auf Betrug' },
  MD07: { en: 'the payee has died', de: 'der Empfänger ist verstorben', isAccountAtFault: true },
  MS02: {
    en: 'the payee has refused it, without a reason',
    de: 'der Empfänger hat sie ohne Angabe von Gründen abgelehnt',
  },
  MS03: { en: 'the bank gives no reason', de: 'die Bank nennt keinen Grund' },
  NARR: { en: 'the reason stands in the text of the bank', de: 'der Grund steht im Text der Bank' },
  RC01: {
    en: 'the code of the bank (BIC) is wrong',
    de: 'die Kennung der Bank (BIC) ist falsch',
    isAccountAtFault: true,
  },
  RR01: { en: 'the account of the one who pays is missing', de: 'das Konto des Auftraggebers fehlt' },
  RR02: { en: 'name or address of the one who pays is missing', de: 'Name oder Anschrift des Auftraggebers fehlt' },
  RR03: { en: 'name or address of the payee is missing', de: 'Name oder Anschrift des Empfängers fehlt' },
  RR04: { en: 'the law forbids to tell the reason', de: 'den Grund zu nennen verbietet das Recht' },
  TM01: { en: 'it came after the bank’s closing time', de: 'sie kam nach dem Annahmeschluss der Bank' },
};

/** The words of a code; null for one that is not known, or a text of the bank's own. */
export function reasonText(code: string | null, language: ReadingLanguage): string | null {
  return wordsOf(code)?.[language] ?? null;
}

/** Whether a payment to the same account would come back again. */
export function isAccountAtFault(code: string | null): boolean {
  return wordsOf(code)?.isAccountAtFault === true;
}

function wordsOf(code: string | null): Words | undefined {
  return code !== null && Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
}

/** Stands at a payout whose account the bank has refused, as long as nobody has changed the account. */
export function accountWarning(code: string, language: ReadingLanguage): string {
  const words = reasonText(code, language) ?? code;
  return language === 'de'
    ? `Die Bank hat dieses Konto zurückgewiesen (${code}: ${words}), und es ist seither unverändert. Eine Zahlung dorthin kommt voraussichtlich wieder zurück: Lassen Sie zuerst die Bankverbindung ändern.`
    : `The bank has refused this account (${code}: ${words}), and it is unchanged since. A payment to it will most likely come back again: have the bank account changed first.`;
}
