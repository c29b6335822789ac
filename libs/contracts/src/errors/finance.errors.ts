import { declareErrors } from './declare';

/** Refusals of the finance service. */
export const financeErrors = declareErrors({
  FINANCE_FUND_ACCOUNT_INVALID: {
    kind: 'unprocessable',
    en: 'The debtor account of the fund is not a valid IBAN with a matching BIC.',
    de: 'Das Auftraggeberkonto des Fonds ist keine gültige IBAN mit passendem BIC.',
  },
  FINANCE_AMOUNT_CURRENCY_MISMATCH: {
    kind: 'unprocessable',
    en: 'The amount is not in the currency of the fund.',
    de: 'Der Betrag lautet nicht auf die Währung des Fonds.',
  },
  FINANCE_LEDGER_NOT_COVERED: {
    kind: 'conflict',
    en: 'The account does not hold enough money for this booking.',
    de: 'Das Konto deckt diese Buchung nicht.',
  },
  FINANCE_ENTRY_ALREADY_POSTED: {
    kind: 'conflict',
    en: 'This business case is already posted in the journal.',
    de: 'Dieser Geschäftsvorfall ist im Journal schon gebucht.',
  },
  FINANCE_PAYEE_OWNER_MISMATCH: {
    kind: 'unprocessable',
    en: 'A payee of kind EXPERT names an expert, one of kind MUNICIPALITY a municipality, a SUPPLIER neither.',
    de: 'Ein Zahlungsempfänger der Art EXPERT nennt eine Fachkraft, der Art MUNICIPALITY eine Kommune, ein SUPPLIER keines von beiden.',
  },
  FINANCE_PAYEE_MUNICIPALITY_UNKNOWN: {
    kind: 'unprocessable',
    en: 'The municipality is not known to the finance service (yet).',
    de: 'Die Kommune ist dem Finanzdienst (noch) nicht bekannt.',
  },
  FINANCE_PAYEE_EXISTS: {
    kind: 'conflict',
    en: 'There is already a payee for this expert or municipality.',
    de: 'Für diese Fachkraft oder Kommune gibt es schon einen Zahlungsempfänger.',
  },
  FINANCE_IBAN_INVALID: {
    kind: 'unprocessable',
    en: 'The IBAN does not have the length or check digits of its country.',
    de: 'Die IBAN hat nicht die Länge oder die Prüfziffern ihres Landes.',
  },
  FINANCE_BIC_INVALID: {
    kind: 'unprocessable',
    en: 'The BIC is not valid or belongs to another country than the IBAN.',
    de: 'Der BIC ist ungültig oder gehört zu einem anderen Land als die IBAN.',
  },
  FINANCE_BIC_MISSING: {
    kind: 'unprocessable',
    en: 'An account without IBAN, or outside SEPA, needs the BIC of its bank.',
    de: 'Ein Konto ohne IBAN oder außerhalb von SEPA braucht den BIC der Bank.',
  },
  FINANCE_PAYEE_TEXT_NOT_PAYABLE: {
    kind: 'unprocessable',
    en: 'The bank cannot carry this text as it is written. Give it in letters of the Latin alphabet.',
    de: 'Die Bank kann diesen Text so nicht übermitteln. Bitte die Schreibweise in lateinischen Buchstaben angeben.',
  },
  FINANCE_ACCOUNT_NUMBER_IS_IBAN: {
    kind: 'unprocessable',
    en: 'This is an IBAN. Give it as the IBAN, where it is checked; the account goes by it.',
    de: 'Das ist eine IBAN. Bitte im Feld IBAN angeben, dort wird sie geprüft.',
  },
  FINANCE_PAYOUT_TRANSITION_NOT_ALLOWED: {
    kind: 'conflict',
    en: 'The payout is not in the state that this act needs.',
    de: 'Die Auszahlung ist nicht in dem Zustand, den diese Handlung voraussetzt.',
  },
  FINANCE_PAYOUT_FOUR_EYES: {
    kind: 'conflict',
    en: 'You already carried out another act on this payout. Check, order and payment need different people.',
    de: 'Sie haben an dieser Auszahlung schon eine andere Handlung vorgenommen. Prüfung, Anordnung und Zahlung brauchen verschiedene Personen.',
  },
  FINANCE_PAYOUT_RETURN_SETTLED: {
    kind: 'conflict',
    en: 'The money that came back was already paid again or given back to the budget.',
    de: 'Das zurückgekommene Geld wurde schon erneut angewiesen oder dem Haushalt zurückgegeben.',
  },
  FINANCE_PAYOUT_NO_LONGER_OWED: {
    kind: 'conflict',
    en: 'This instalment is no longer owed: more was ordered than the plan asks for by now. Give the money back to the budget.',
    de: 'Diese Rate ist nicht mehr geschuldet: Es ist mehr angeordnet, als der Plan inzwischen verlangt. Geben Sie das Geld dem Haushalt zurück.',
  },
  FINANCE_FEED_POSITION_BEYOND_END: {
    kind: 'conflict',
    en: 'The position lies beyond the end of the feed. The fund went back to an older state, or the position comes from another installation: read the feed from 0 again.',
    de: 'Die Position liegt hinter dem Ende des Zahlungsstroms. Der Fonds ist auf einem älteren Stand, oder die Position stammt aus einer anderen Installation: Lesen Sie den Strom von 0 an neu.',
  },
  FINANCE_RECEIPT_BEHIND: {
    kind: 'conflict',
    en: 'The consumer has confirmed a later position already; a receipt never goes back.',
    de: 'Der Empfänger hat schon eine spätere Position bestätigt; eine Bestätigung geht nie zurück.',
  },
  FINANCE_RECEIPT_BEYOND_FEED: {
    kind: 'unprocessable',
    en: 'The feed has not reached this position yet.',
    de: 'Der Zahlungsstrom hat diese Position noch nicht erreicht.',
  },
  FINANCE_RECEIPT_OF_ANOTHER: {
    kind: 'forbidden',
    en: 'Another system confirms under this name; choose one of your own in consumer.',
    de: 'Unter diesem Namen bestätigt ein anderes System; wählen Sie in consumer einen eigenen.',
  },
  FINANCE_WEBHOOK_ADDRESS_NOT_ALLOWED: {
    kind: 'unprocessable',
    en: 'A webhook needs an https URL of a host with public addresses only, without user or password.',
    de: 'Ein Webhook braucht eine https-Adresse eines Rechners mit ausschließlich öffentlichen Adressen, ohne Benutzer und Passwort.',
  },
  FINANCE_WEBHOOK_LIMIT_REACHED: {
    kind: 'conflict',
    en: 'There are as many webhooks as allowed. Use one of them.',
    de: 'Es gibt schon so viele Webhooks wie erlaubt. Bitte einen davon nutzen.',
  },
  FINANCE_WEBHOOK_TRANSITION_NOT_ALLOWED: {
    kind: 'conflict',
    en: 'The webhook is not in the state that this needs.',
    de: 'Der Webhook ist nicht in dem Zustand, den dies voraussetzt.',
  },
  FINANCE_WEBHOOK_RANGE_INVALID: {
    kind: 'unprocessable',
    en: 'The range ends before it begins or beyond the feed.',
    de: 'Der Bereich endet vor seinem Anfang oder hinter dem Ende des Zahlungsstroms.',
  },
  FINANCE_PAYOUT_BLOCKED: {
    kind: 'conflict',
    en: 'The payout is held. Its blocks say why and what lifts them.',
    de: 'Die Auszahlung ist gesperrt. Ihre Sperren nennen den Grund und was sie aufhebt.',
  },
  FINANCE_PAYOUT_BLOCK_NOT_RELEASABLE: {
    kind: 'conflict',
    en: 'This block is lifted only by what it waits for, not by hand.',
    de: 'Diese Sperre hebt nur auf, worauf sie wartet; von Hand geht es nicht.',
  },
  FINANCE_PAYOUT_ORDER_OUTDATED: {
    kind: 'conflict',
    en: 'Payee, account, amount or purpose are no longer what was ordered. The payout must be ordered again.',
    de: 'Empfänger, Konto, Betrag oder Zweck entsprechen nicht mehr der Anordnung. Die Auszahlung ist neu anzuordnen.',
  },
  FINANCE_PAYOUT_RATE_MOVED: {
    kind: 'conflict',
    en: 'The exchange rate has moved too far since the money was set aside. Fix the rate of the commitment anew; the payout is then made anew by it.',
    de: 'Der Wechselkurs hat sich zu weit von dem entfernt, mit dem die Mittel gebunden wurden. Bitte den Kurs der Mittelbindung neu festlegen; die Auszahlung wird damit neu angelegt.',
  },
  FINANCE_PAYOUT_RESERVE_EXCEEDED: {
    kind: 'conflict',
    en: 'By the rate of today the payment takes more than was set aside with its reserve. Fix the rate of the commitment anew; what is missing comes from free money of the year.',
    de: 'Zum heutigen Kurs kostet die Zahlung mehr, als samt Reserve gebunden ist. Bitte den Kurs der Mittelbindung neu festlegen; was fehlt, kommt aus freien Mitteln des Jahres.',
  },
  FINANCE_UPLOAD_INCOMPLETE: {
    kind: 'unprocessable',
    en: 'The parts of the uploaded file are not all there, or are not the file that was announced.',
    de: 'Die Teile der hochgeladenen Datei sind nicht vollständig oder nicht die angekündigte Datei.',
  },
  FINANCE_UPLOAD_LIMIT_REACHED: {
    kind: 'conflict',
    en: 'Too many of your files are being uploaded at once. Send this one again after Retry-After.',
    de: 'Zu viele Ihrer Dateien werden gleichzeitig hochgeladen. Bitte diese nach Retry-After erneut senden.',
  },
  FINANCE_UPLOAD_PART_UNEXPECTED: {
    kind: 'conflict',
    en: 'The parts of an upload are stored one after the other, from number 1. The next number is in the details.',
    de: 'Die Teile einer Datei werden der Reihe nach gespeichert, ab Nummer 1. Die nächste Nummer steht in den Einzelheiten.',
  },
  FINANCE_FILE_LIMIT_EXCEEDED: {
    kind: 'unprocessable',
    en: 'The file has more of something than is read. The details name the limit, what it allows, and where the file goes beyond it.',
    de: 'Die Datei hat von etwas mehr, als gelesen wird. Die Einzelheiten nennen die Grenze, das Erlaubte und die Stelle in der Datei.',
  },
  FINANCE_FILE_READER_BUSY: {
    kind: 'unavailable',
    en: 'Other files are being read, and yours would have to wait too long. Send it again after Retry-After.',
    de: 'Andere Dateien werden gerade gelesen, und Ihre müsste zu lange warten. Bitte nach Retry-After erneut senden.',
  },
  FINANCE_SANCTIONS_LIST_INVALID: {
    kind: 'unprocessable',
    en: 'The file is not a complete EU consolidated sanctions list, or does not have the stated sha256.',
    de: 'Die Datei ist keine vollständige konsolidierte EU-Sanktionsliste oder hat nicht den genannten sha256.',
  },
  FINANCE_SANCTIONS_LIST_TOO_LARGE: {
    kind: 'unprocessable',
    en: 'The unpacked sanctions list is larger than the service takes.',
    de: 'Die entpackte Sanktionsliste ist größer, als der Dienst annimmt.',
  },
  FINANCE_SANCTIONS_LIST_EXISTS: {
    kind: 'conflict',
    en: 'This edition of the sanctions list is already imported.',
    de: 'Diese Ausgabe der Sanktionsliste ist schon eingelesen.',
  },
  FINANCE_SANCTIONS_LIST_OUTDATED: {
    kind: 'conflict',
    en: 'A newer edition of the sanctions list is in force.',
    de: 'Eine neuere Ausgabe der Sanktionsliste ist schon in Kraft.',
  },
  FINANCE_SANCTIONS_LIST_TOO_OLD: {
    kind: 'conflict',
    en: 'The sanctions list is older than the rule sanctions-list-age allows. Import a newer edition; nobody is cleared by this one.',
    de: 'Die Sanktionsliste ist älter, als die Regel erlaubt. Bitte eine neuere Ausgabe einlesen; nach dieser wird niemand freigegeben.',
  },
  FINANCE_SCREENING_NOT_CONFIGURED: {
    kind: 'conflict',
    en: 'No sanctions list was ever imported. Nobody can be screened and nothing can be paid before.',
    de: 'Es wurde noch keine Sanktionsliste eingelesen. Vorher kann niemand geprüft und nichts gezahlt werden.',
  },
  FINANCE_SCREENING_DECISION_NOT_ALLOWED: {
    kind: 'conflict',
    en: 'The screening does not wait for a decision, or a newer one has taken its place.',
    de: 'Die Prüfung wartet nicht auf eine Entscheidung, oder eine neuere ist an ihre Stelle getreten.',
  },
  FINANCE_SCREENING_FOUR_EYES: {
    kind: 'conflict',
    en: 'You named this payee or its account holder. Another person must clear it.',
    de: 'Sie haben diesen Empfänger oder seinen Kontoinhaber benannt. Freigeben muss eine andere Person.',
  },
  FINANCE_SCREENING_MISSING: {
    kind: 'conflict',
    en: 'The payee has no CLEAR against the sanctions list in force that is recent enough.',
    de: 'Der Empfänger hat kein ausreichend aktuelles CLEAR gegen die geltende Sanktionsliste.',
  },
  FINANCE_INVOICE_UNREADABLE: {
    kind: 'unprocessable',
    en: 'The document is XML and no invoice of EN 16931 (XRechnung in UBL or CII), or it is damaged. The details say where.',
    de: 'Das Dokument ist XML, aber keine Rechnung nach EN 16931 (XRechnung in UBL oder CII), oder es ist beschädigt. Die Stelle steht in den Einzelheiten.',
  },
  FINANCE_INVOICE_TOTAL_MISMATCH: {
    kind: 'unprocessable',
    en: 'The amount due is not net and VAT less what was paid before.',
    de: 'Der Zahlbetrag ist nicht netto und Umsatzsteuer abzüglich des schon Gezahlten.',
  },
  FINANCE_INVOICE_DATES_INVALID: {
    kind: 'unprocessable',
    en: 'An invoice is not of a later day than today, and not due before its own day.',
    de: 'Eine Rechnung ist nicht von einem späteren Tag als heute und nicht vor ihrem eigenen Tag fällig.',
  },
  FINANCE_INVOICE_DUPLICATE: {
    kind: 'conflict',
    en: 'The invoice of this supplier with this number was recorded already. It is named in the details.',
    de: 'Die Rechnung dieses Lieferanten mit dieser Nummer ist schon erfasst. Sie steht in den Einzelheiten.',
  },
  FINANCE_INVOICE_ACCOUNT_DIFFERS: {
    kind: 'conflict',
    en: 'The invoice asks for the money on another account than the one registered for this payee. Ask the supplier by a way you know, then have the account changed by two persons.',
    de: 'Die Rechnung nennt ein anderes Konto als das hinterlegte. Bitte beim Lieferanten auf bekanntem Weg nachfragen und das Konto dann durch zwei Personen ändern lassen.',
  },
  FINANCE_EXPENSE_PAYEE_UNKNOWN: {
    kind: 'unprocessable',
    en: 'Whoever is to be paid is not registered as a payee. Register the payee first.',
    de: 'Wer bezahlt werden soll, ist nicht als Zahlungsempfänger angelegt. Bitte zuerst anlegen.',
  },
  FINANCE_EXPENSE_ASSIGNMENT_UNKNOWN: {
    kind: 'unprocessable',
    en: 'Finance knows no assignment of that id: it never asked for money.',
    de: 'Diesen Einsatz kennt der Finanzdienst nicht: Für ihn wurden nie Mittel angefragt.',
  },
  FINANCE_EXPENSE_EVENT_UNKNOWN: {
    kind: 'unprocessable',
    en: 'Finance knows no published event of that id. A draft has no costs yet; one that was published a moment ago is known in seconds.',
    de: 'Diese Veranstaltung kennt der Finanzdienst nicht als veröffentlicht. Ein Entwurf hat noch keine Kosten; eine eben veröffentlichte ist in Sekunden bekannt.',
  },
  FINANCE_TRAVEL_LEGS_INVALID: {
    kind: 'unprocessable',
    en: 'The legs of a journey follow each other: each arrives after it departed, and departs after the one before arrived.',
    de: 'Die Abschnitte einer Reise folgen aufeinander: Jeder kommt nach seiner Abfahrt an und beginnt nach der Ankunft des vorigen.',
  },
  FINANCE_TRAVEL_KILOMETRES_INVALID: {
    kind: 'unprocessable',
    en: 'Kilometres belong to legs with a car of one’s own, and to no others.',
    de: 'Kilometer gehören zu Abschnitten mit dem eigenen Kraftfahrzeug, und nur zu diesen.',
  },
  FINANCE_TRAVEL_DAYS_INVALID: {
    kind: 'unprocessable',
    en: 'The days are each calendar day of the journey, from its first departure to its last arrival, in order.',
    de: 'Anzugeben ist jeder Kalendertag der Reise, von der ersten Abfahrt bis zur letzten Ankunft, der Reihe nach.',
  },
  FINANCE_TRAVEL_NIGHT_INVALID: {
    kind: 'unprocessable',
    en: 'A night follows each day but the last; one on the way needs a leg that goes on past midnight, and nights by receipt and receipts of nights need each other.',
    de: 'Eine Nacht folgt auf jeden Tag außer dem letzten; eine Nacht unterwegs braucht einen Abschnitt über Mitternacht, und Nächte auf Beleg und Übernachtungsbelege brauchen einander.',
  },
  FINANCE_TRAVEL_COST_DATE_INVALID: {
    kind: 'unprocessable',
    en: 'A receipt is not of a later day than today.',
    de: 'Ein Beleg ist nicht von einem späteren Tag als heute.',
  },
  FINANCE_TRAVEL_NOT_ENDED: {
    kind: 'unprocessable',
    en: 'The journey has not ended yet. Its costs are claimed afterwards.',
    de: 'Die Reise ist noch nicht beendet. Abgerechnet wird danach.',
  },
  FINANCE_TRAVEL_LAPSED: {
    kind: 'unprocessable',
    en: 'The claim lapsed: it was to be made within the exclusion period after the end of the journey (BRKG 3 (2)). The details name its last day.',
    de: 'Der Anspruch ist erloschen: Er war innerhalb der Ausschlussfrist nach dem Ende der Reise geltend zu machen (§ 3 Abs. 2 BRKG). Der letzte Tag steht in den Einzelheiten.',
  },
  FINANCE_TRAVEL_NOTHING_DUE: {
    kind: 'unprocessable',
    en: 'Nothing is due for this journey.',
    de: 'Für diese Reise ist nichts zu zahlen.',
  },
  FINANCE_TRAVEL_RATE_MISSING: {
    kind: 'unprocessable',
    en: 'No rate is on record for this country on the day. The details name the rule row that is missing: one person proposes it, a second one confirms it.',
    de: 'Für dieses Land ist an dem Tag kein Satz hinterlegt. Die fehlende Regelzeile steht in den Einzelheiten: Eine Person schlägt sie vor, eine zweite bestätigt sie.',
  },
  FINANCE_TRAVEL_TRAVELLER_UNCLEAR: {
    kind: 'unprocessable',
    en: 'Name either the assignment whose expert travelled, or a payee and the fund that pays.',
    de: 'Anzugeben ist entweder der Einsatz, dessen Fachkraft gereist ist, oder ein Zahlungsempfänger mit dem Fonds, der zahlt.',
  },
  FINANCE_TRAVEL_DAY_CLAIMED: {
    kind: 'conflict',
    en: 'A day of this journey was claimed already for this traveller. The claim is named in the details.',
    de: 'Ein Tag dieser Reise ist für diese Person schon abgerechnet. Die Abrechnung steht in den Einzelheiten.',
  },
  FINANCE_TRAVEL_RECEIPT_DUPLICATE: {
    kind: 'conflict',
    en: 'A receipt was used already: in this claim, or in another one that stands.',
    de: 'Ein Beleg ist schon verwendet: in dieser oder in einer anderen geltenden Abrechnung.',
  },
});
