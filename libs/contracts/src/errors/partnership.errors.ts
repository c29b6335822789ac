import { declareErrors } from './declare';

/** Refusals of the partnership service. */
export const partnershipErrors = declareErrors({
  PARTNERSHIP_REGISTER_KEY_UNKNOWN: {
    kind: 'unprocessable',
    en: 'The official register has no entry with this key (AGS, 8 digits, or district key, 5 digits).',
    de: 'Das amtliche Verzeichnis kennt diesen Schlüssel nicht (AGS, 8 Ziffern, oder Kreisschlüssel, 5 Ziffern).',
  },
  PARTNERSHIP_REGISTER_ENTRY_UNINCORPORATED: {
    kind: 'unprocessable',
    en: 'This entry is an unincorporated area (gemeindefreies Gebiet); it has no municipality that could be a partner.',
    de: 'Dieser Eintrag ist ein gemeindefreies Gebiet; es gibt dort keine Kommune, die Partnerin sein könnte.',
  },
  PARTNERSHIP_MUNICIPALITY_FROM_REGISTER_ONLY: {
    kind: 'unprocessable',
    en: 'A German municipality takes its data from the official register. Send side and officialKey only.',
    de: 'Eine deutsche Kommune erhält ihre Daten aus dem amtlichen Verzeichnis. Bitte nur side und officialKey senden.',
  },
  PARTNERSHIP_MUNICIPALITY_INCOMPLETE: {
    kind: 'unprocessable',
    en: 'Data needed for this side are missing. See errors for each field.',
    de: 'Für diese Seite fehlen Angaben. Die Felder stehen unter errors.',
  },
  PARTNERSHIP_MUNICIPALITY_COUNTRY_UNKNOWN: {
    kind: 'unprocessable',
    en: 'The country is not in the list of countries, or it is Germany, whose municipalities come from the register.',
    de: 'Das Land steht nicht in der Länderliste, oder es ist Deutschland, dessen Kommunen aus dem Verzeichnis kommen.',
  },
  PARTNERSHIP_MUNICIPALITY_EXISTS: {
    kind: 'conflict',
    en: 'This municipality is already recorded; details name its id.',
    de: 'Diese Kommune ist bereits erfasst; ihre Kennung steht in den Details.',
  },
  PARTNERSHIP_MUNICIPALITY_DUPLICATE_LIKELY: {
    kind: 'conflict',
    en: 'A municipality that is much like this one is recorded in the same country. Go on with the one that stands in the details, or say in duplicateReason why this is another one.',
    de: 'Im selben Land ist eine sehr ähnliche Kommune erfasst. Bitte mit der aus den Einzelheiten weiterarbeiten oder unter duplicateReason begründen, warum dies eine andere ist.',
  },
  PARTNERSHIP_MUNICIPALITY_ENDED: {
    kind: 'conflict',
    en: 'This municipality has ended by a merger or a split; go on with its successor.',
    de: 'Diese Kommune ist durch Zusammenschluss oder Teilung untergegangen; bitte mit ihrer Nachfolgerin weiterarbeiten.',
  },
  PARTNERSHIP_CONTACT_CONSENT_INVALID: {
    kind: 'unprocessable',
    en: 'The consent was given in the future, or has run out already. See errors for each field.',
    de: 'Die Einwilligung ist in der Zukunft gegeben oder schon abgelaufen. Die Felder stehen unter errors.',
  },
  PARTNERSHIP_CONTACTS_TOO_MANY: {
    kind: 'conflict',
    en: 'A municipality has so many contacts at most. Withdraw one that is not needed any more first.',
    de: 'Mehr Ansprechpersonen hat eine Kommune nicht. Bitte zuerst eine löschen, die nicht mehr gebraucht wird.',
  },
  PARTNERSHIP_CONTACT_WITHDRAWN: {
    kind: 'conflict',
    en: 'This consent was withdrawn already; the data of the person are deleted.',
    de: 'Diese Einwilligung ist schon widerrufen; die Angaben zur Person sind gelöscht.',
  },
  PARTNERSHIP_PLACE_UNKNOWN: {
    kind: 'unprocessable',
    en: 'The places file has no place with this GeoNames id, or it lies in another country.',
    de: 'Die Ortsdatei kennt keinen Ort mit dieser GeoNames-Nummer, oder er liegt in einem anderen Land.',
  },
  PARTNERSHIP_SUCCESSION_INVALID: {
    kind: 'unprocessable',
    en: 'This cannot have become of the municipality. See errors for each field.',
    de: 'Das kann aus der Kommune nicht geworden sein. Die Felder stehen unter errors.',
  },
  PARTNERSHIP_IDENTIFIER_NOT_VALID: {
    kind: 'unprocessable',
    en: 'The municipality does not bear this identifier on the day before.',
    de: 'Die Kommune trägt dieses Kennzeichen am Tag davor nicht.',
  },
  PARTNERSHIP_IDENTIFIER_INVALID: {
    kind: 'unprocessable',
    en: 'An identifier does not have the form of its scheme. See errors for each field.',
    de: 'Ein Kennzeichen hat nicht die Form seines Schemas. Die Felder stehen unter errors.',
  },
  PARTNERSHIP_PARTICIPANT_UNKNOWN: {
    kind: 'unprocessable',
    en: 'A participant is not a recorded municipality. Record it first.',
    de: 'Eine beteiligte Kommune ist nicht erfasst. Bitte zuerst erfassen.',
  },
  PARTNERSHIP_PARTICIPANT_ENDED: {
    kind: 'conflict',
    en: 'A participant has ended by a merger or a split. The details name it and its successors: take part with one of them.',
    de: 'Eine beteiligte Kommune ist durch Zusammenschluss oder Teilung untergegangen. Sie und ihre Nachfolgerinnen stehen in den Einzelheiten: bitte eine von diesen angeben.',
  },
  PARTNERSHIP_PARTICIPANTS_ONE_SIDED: {
    kind: 'unprocessable',
    en: 'A partnership needs at least one German and at least one partner municipality.',
    de: 'Eine Partnerschaft braucht mindestens eine deutsche und mindestens eine Partnerkommune.',
  },
  PARTNERSHIP_FIELDS_INVALID: {
    kind: 'unprocessable',
    en: 'Fields of action must be known, named once, and their percentages add up to 100.',
    de: 'Handlungsfelder müssen bekannt sein, einmal vorkommen und sich auf 100 Prozent summieren.',
  },
  PARTNERSHIP_DUPLICATE_LIKELY: {
    kind: 'conflict',
    en: 'The same municipalities have a partnership of this kind that has not ended. Go on with the one that stands in the details, or say in duplicateReason why this is another one.',
    de: 'Dieselben Kommunen haben schon eine Partnerschaft dieser Art, die nicht beendet ist. Bitte mit der aus den Einzelheiten weiterarbeiten oder unter duplicateReason begründen, warum dies eine andere ist.',
  },
  PARTNERSHIP_IMPORT_CLOSED: {
    kind: 'conflict',
    en: 'The import was run or discarded already. Open the file again to go on.',
    de: 'Der Import ist schon ausgeführt oder verworfen. Bitte die Datei neu öffnen, um weiterzumachen.',
  },
  PARTNERSHIP_IMPORT_COLUMNS_INVALID: {
    kind: 'unprocessable',
    en: 'Each column of the file says one thing, and it must be there. Those that are wrong stand in the details.',
    de: 'Jede Spalte der Datei sagt eines, und es muss sie geben. Die falschen stehen in den Einzelheiten.',
  },
  PARTNERSHIP_IMPORT_ROW_UNKNOWN: {
    kind: 'unprocessable',
    en: 'The import has no such row. The numbers stand in the details.',
    de: 'Diese Zeile hat der Import nicht. Die Nummern stehen in den Einzelheiten.',
  },
  PARTNERSHIP_IMPORT_UNDECIDED: {
    kind: 'conflict',
    en: 'Rows still need a decision; they stand in the details. Decide, or say that they are to be left out.',
    de: 'Zeilen brauchen noch eine Entscheidung; sie stehen in den Einzelheiten. Bitte entscheiden oder sagen, dass sie wegbleiben.',
  },
  PARTNERSHIP_IMPORT_REPORT_CHANGED: {
    kind: 'conflict',
    en: 'The rows in the details would now come to something else than the report says. Check the file again and look at them.',
    de: 'Aus den Zeilen in den Einzelheiten würde jetzt etwas anderes als im Bericht. Bitte die Datei erneut prüfen und sie ansehen.',
  },
  PARTNERSHIP_PERIOD_REQUIRED: {
    kind: 'unprocessable',
    en: 'A project partnership is limited in time; its period needs an end.',
    de: 'Eine Projektpartnerschaft ist befristet; ihr Zeitraum braucht ein Ende.',
  },
  PARTNERSHIP_TRANSITION_NOT_ALLOWED: {
    kind: 'conflict',
    en: 'The partnership cannot change from its present status to this one.',
    de: 'Die Partnerschaft kann von ihrem jetzigen Status nicht in diesen wechseln.',
  },
  PARTNERSHIP_TRANSITION_DATE_INVALID: {
    kind: 'unprocessable',
    en: 'The day of the change lies in the future, before the last change, or outside the period of the partnership.',
    de: 'Der Tag der Änderung liegt in der Zukunft, vor der letzten Änderung oder außerhalb des Zeitraums der Partnerschaft.',
  },
  PARTNERSHIP_AGREEMENT_MISSING: {
    kind: 'conflict',
    en: 'Only a contact may become active without an agreement in force. Record the signed agreement first.',
    de: 'Nur ein Kontakt kann ohne gültige Vereinbarung aktiv werden. Bitte zuerst die unterzeichnete Vereinbarung erfassen.',
  },
  PARTNERSHIP_CHANGE_NOT_ALLOWED: {
    kind: 'conflict',
    en: 'An ended partnership does not change any more.',
    de: 'Eine beendete Partnerschaft ändert sich nicht mehr.',
  },
  PARTNERSHIP_CHANGE_EMPTY: {
    kind: 'unprocessable',
    en: 'The partnership says all of this already; nothing was changed.',
    de: 'Das alles steht schon in der Partnerschaft; es wurde nichts geändert.',
  },
  PARTNERSHIP_PARTICIPANT_NEEDED: {
    kind: 'conflict',
    en: 'A municipality that is to leave carries an open project of this partnership; the details name it. Let another one carry it first.',
    de: 'Eine Kommune, die ausscheiden soll, trägt ein offenes Projekt dieser Partnerschaft; es steht in den Einzelheiten. Bitte das Projekt zuerst einer anderen Kommune geben.',
  },
  PARTNERSHIP_AGREEMENT_DATE_INVALID: {
    kind: 'unprocessable',
    en: 'The agreement is signed in the future, or its validity begins before it was signed.',
    de: 'Die Vereinbarung ist in der Zukunft unterzeichnet, oder sie gilt schon vor der Unterzeichnung.',
  },
  PARTNERSHIP_AGREEMENT_EXISTS: {
    kind: 'conflict',
    en: 'This document is already recorded for the partnership; details name the agreement.',
    de: 'Dieses Dokument ist für die Partnerschaft bereits erfasst; die Details nennen die Vereinbarung.',
  },
  PARTNERSHIP_AGREEMENT_COUNCIL_FOREIGN: {
    kind: 'unprocessable',
    en: 'The council belongs to a municipality that does not take part in this partnership.',
    de: 'Der Beschluss stammt vom Rat einer Kommune, die an dieser Partnerschaft nicht beteiligt ist.',
  },
  PARTNERSHIP_AGREEMENT_DOCUMENT_DIFFERS: {
    kind: 'unprocessable',
    en: 'The file is not the document whose fingerprint (SHA-256) is recorded for this agreement.',
    de: 'Die Datei ist nicht das Dokument, dessen Fingerabdruck (SHA-256) für diese Vereinbarung festgehalten ist.',
  },
  PARTNERSHIP_AGREEMENT_FILE_EXISTS: {
    kind: 'conflict',
    en: 'The agreement has its file already.',
    de: 'Zu dieser Vereinbarung liegt die Datei bereits vor.',
  },
  PARTNERSHIP_UPLOAD_INCOMPLETE: {
    kind: 'unprocessable',
    en: 'The parts of the uploaded file are not all there, or are not the file that was announced.',
    de: 'Die Teile der hochgeladenen Datei sind nicht vollständig oder nicht die angekündigte Datei.',
  },
  PARTNERSHIP_UPLOAD_LIMIT_REACHED: {
    kind: 'conflict',
    en: 'Too many of your files are being uploaded at once. Send this one again after Retry-After.',
    de: 'Zu viele Ihrer Dateien werden gleichzeitig hochgeladen. Bitte diese nach Retry-After erneut senden.',
  },
  PARTNERSHIP_UPLOAD_PART_UNEXPECTED: {
    kind: 'conflict',
    en: 'The parts of an upload are stored one after the other, from number 1. The next number is in the details.',
    de: 'Die Teile einer Datei werden der Reihe nach gespeichert, ab Nummer 1. Die nächste Nummer steht in den Einzelheiten.',
  },
  PARTNERSHIP_ELIGIBILITY_RULES_MISSING: {
    kind: 'unprocessable',
    en: 'No programme phase has rules for this day.',
    de: 'Für diesen Tag gibt es keine Programmphase mit Regeln.',
  },
  PARTNERSHIP_PROJECT_OWNER_INVALID: {
    kind: 'unprocessable',
    en: 'The municipality that carries the project must take part in the partnership on the partner side.',
    de: 'Die Kommune, die das Projekt trägt, muss auf der Partnerseite an der Partnerschaft beteiligt sein.',
  },
  PARTNERSHIP_PROJECT_PARTNERSHIP_ENDED: {
    kind: 'conflict',
    en: 'The partnership has ended; no project begins in it any more.',
    de: 'Die Partnerschaft ist beendet; in ihr beginnt kein Projekt mehr.',
  },
  PARTNERSHIP_PROJECT_CURRENCY_DIFFERS: {
    kind: 'unprocessable',
    en: 'All amounts of a project are in its own currency, which stands in the details.',
    de: 'Alle Beträge eines Projekts stehen in seiner eigenen Währung, die in den Einzelheiten steht.',
  },
  PARTNERSHIP_PROJECT_STATE_INVALID: {
    kind: 'conflict',
    en: 'The project is in a state in which this cannot be done; the state stands in the details.',
    de: 'Das Projekt ist in einem Zustand, in dem das nicht geht; der Zustand steht in den Einzelheiten.',
  },
  PARTNERSHIP_PROJECT_ITEM_UNKNOWN: {
    kind: 'unprocessable',
    en: 'The gate of this stage has no such item that could be proved by evidence. Those that it has stand in the details.',
    de: 'Das Tor dieser Stufe hat keinen solchen Punkt, der durch Nachweise belegt wird. Die vorhandenen stehen in den Einzelheiten.',
  },
  PARTNERSHIP_PROJECT_EVIDENCE_FULL: {
    kind: 'conflict',
    en: 'The stage has as much evidence as a reviewer can look at. Withdraw what is no longer needed, or put documents together.',
    de: 'Die Stufe hat so viele Nachweise, wie jemand prüfen kann. Bitte nicht mehr Benötigtes zurückziehen oder Dokumente zusammenfassen.',
  },
  PARTNERSHIP_PROJECT_EVIDENCE_WITHDRAWN: {
    kind: 'conflict',
    en: 'This evidence has been withdrawn already.',
    de: 'Dieser Nachweis ist schon zurückgezogen.',
  },
  PARTNERSHIP_PROJECT_GATE_INCOMPLETE: {
    kind: 'unprocessable',
    en: 'The gate must have what stands in the details as missing. Record the evidence, or complete estimate and sources of funding.',
    de: 'Für das Tor fehlt noch, was in den Einzelheiten steht. Bitte Nachweise erfassen oder Schätzung und Finanzierungsquellen ergänzen.',
  },
  PARTNERSHIP_PROJECT_REVIEWER_IS_AUTHOR: {
    kind: 'forbidden',
    en: 'Who wrote the project, recorded its evidence or asked for the review does not decide on its gate.',
    de: 'Wer das Projekt verfasst, Nachweise erfasst oder die Prüfung beantragt hat, entscheidet nicht über das Tor.',
  },
  PARTNERSHIP_PROJECT_REVIEWER_REPEATED: {
    kind: 'conflict',
    en: "You have decided on this review already; the next approval is another person's.",
    de: 'Sie haben über diese Prüfung schon entschieden; die nächste Zustimmung gibt eine andere Person.',
  },
  PARTNERSHIP_PROJECT_RULES_MISSING: {
    kind: 'conflict',
    en: 'No rule for projects is in force on this day. The details name it; it must be recorded first.',
    de: 'An diesem Tag gilt keine Regel für Projekte. Sie steht in den Einzelheiten und muss zuerst erfasst werden.',
  },
  PARTNERSHIP_PUBLISHING_RULES_MISSING: {
    kind: 'conflict',
    en: 'No rule for publishing is in force on this day. The details name it; it must be recorded first.',
    de: 'An diesem Tag gilt keine Regel für Veröffentlichungen. Sie steht in den Einzelheiten und muss zuerst erfasst werden.',
  },
  PARTNERSHIP_PROJECT_SCORES_INCOMPLETE: {
    kind: 'unprocessable',
    en: 'Every criterion of the rubric in force is scored exactly once. What is missing, unknown or repeated stands in the details.',
    de: 'Jedes Kriterium des gültigen Rasters wird genau einmal bewertet. Was fehlt, unbekannt oder doppelt ist, steht in den Einzelheiten.',
  },
  PARTNERSHIP_PROJECT_FUNDING_UNPROVEN: {
    kind: 'unprocessable',
    en: 'A signed source of funding needs the day of signature, not in the future, and the hash of the agreement.',
    de: 'Eine unterzeichnete Finanzierungsquelle braucht den Tag der Unterschrift, nicht in der Zukunft, und den Hash der Vereinbarung.',
  },
  PARTNERSHIP_PROJECT_FUNDING_UNEXPLAINED: {
    kind: 'unprocessable',
    en: 'Say in note why the source of funding is less certain than before, or smaller after it was committed.',
    de: 'Bitte unter note begründen, warum die Finanzierungsquelle unsicherer ist als vorher oder nach der Zusage kleiner.',
  },
  PARTNERSHIP_PROJECT_FUNDING_FULL: {
    kind: 'conflict',
    en: 'The project has as many sources of funding as it can have.',
    de: 'Das Projekt hat so viele Finanzierungsquellen, wie es haben kann.',
  },
  PARTNERSHIP_RESULT_WITHDRAWN: {
    kind: 'conflict',
    en: 'The result was withdrawn; nothing about it changes any more.',
    de: 'Das Ergebnis ist zurückgezogen; an ihm ändert sich nichts mehr.',
  },
  PARTNERSHIP_RESULT_ORIGIN_INVALID: {
    kind: 'unprocessable',
    en: 'A partnership, project or assignment is named twice, or the project is not one of that partnership. The details say which.',
    de: 'Eine Partnerschaft, ein Projekt oder ein Einsatz ist doppelt genannt, oder das Projekt gehört nicht zu dieser Partnerschaft. Die Einzelheiten sagen, welches.',
  },
  PARTNERSHIP_RESULT_FULL: {
    kind: 'conflict',
    en: 'The result has as many indicators or periods as it can have; the number stands in the details.',
    de: 'Das Ergebnis hat so viele Indikatoren oder Zeiträume, wie es haben kann; die Zahl steht in den Einzelheiten.',
  },
  PARTNERSHIP_RESULT_SDG_TARGET_UNKNOWN: {
    kind: 'unprocessable',
    en: 'There is no such SDG target; the details name it.',
    de: 'Dieses SDG-Unterziel gibt es nicht; es steht in den Einzelheiten.',
  },
  PARTNERSHIP_RESULT_PART_UNKNOWN: {
    kind: 'unprocessable',
    en: 'The indicator or the period is not one of this result.',
    de: 'Der Indikator oder der Zeitraum gehört nicht zu diesem Ergebnis.',
  },
  PARTNERSHIP_RESULT_PERIOD_OVERLAPS: {
    kind: 'unprocessable',
    en: 'The period overlaps another one of this result, which stands in the details.',
    de: 'Der Zeitraum überschneidet sich mit einem anderen dieses Ergebnisses, der in den Einzelheiten steht.',
  },
  PARTNERSHIP_RESULT_PERIOD_LOCKED: {
    kind: 'conflict',
    en: 'The period is locked. A figure in it changes only by a correction with its reason.',
    de: 'Der Zeitraum ist abgeschlossen. Ein Wert darin ändert sich nur durch eine Berichtigung mit Begründung.',
  },
  PARTNERSHIP_RESULT_PERIOD_OPEN: {
    kind: 'conflict',
    en: 'The period is not locked; record the figure anew instead of correcting it.',
    de: 'Der Zeitraum ist nicht abgeschlossen; bitte den Wert neu erfassen, statt ihn zu berichtigen.',
  },
  PARTNERSHIP_RESULT_PERIOD_EARLY: {
    kind: 'unprocessable',
    en: 'Nothing can be observed before the period has begun, and it is locked only after it has ended.',
    de: 'Vor dem Beginn des Zeitraums lässt sich nichts beobachten, und abgeschlossen wird er erst nach seinem Ende.',
  },
  PARTNERSHIP_RESULT_PERIOD_EMPTY: {
    kind: 'conflict',
    en: 'No observation is recorded for the period, so there is nothing to lock.',
    de: 'Für den Zeitraum ist keine Beobachtung erfasst; es gibt nichts abzuschließen.',
  },
  PARTNERSHIP_RESULT_LOCKER_IS_AUTHOR: {
    kind: 'forbidden',
    en: 'Who recorded a figure of the period does not lock it.',
    de: 'Wer einen Wert des Zeitraums erfasst hat, schließt ihn nicht ab.',
  },
  PARTNERSHIP_RESULT_CORRECTOR_IS_AUTHOR: {
    kind: 'forbidden',
    en: 'Who recorded the figure does not correct it once it is locked; another person does.',
    de: 'Wer den Wert erfasst hat, berichtigt ihn nach dem Abschluss nicht; das macht eine andere Person.',
  },
  PARTNERSHIP_RESULT_VALUE_KIND_DIFFERS: {
    kind: 'unprocessable',
    en: 'The value is of another kind than its indicator, which stands in the details.',
    de: 'Der Wert ist von anderer Art als sein Indikator; dessen Art steht in den Einzelheiten.',
  },
  PARTNERSHIP_RESULT_PARTS_INVALID: {
    kind: 'unprocessable',
    en: 'The parts by sex, age or group do not fit the figure: they exceed it, do not add up, are named twice or are not asked for. The details say which.',
    de: 'Die Aufteilung nach Geschlecht, Alter oder Gruppe passt nicht zum Wert: Sie übersteigt ihn, ergibt ihn nicht, nennt etwas doppelt oder ist nicht vorgesehen. Die Einzelheiten sagen, was.',
  },
  PARTNERSHIP_RESULT_SERIES_FALLS: {
    kind: 'unprocessable',
    en: 'A cumulative series does not fall: the figure is below that of an earlier period or above that of a later one, which stands in the details.',
    de: 'Eine fortlaufende Reihe fällt nicht: Der Wert liegt unter dem eines früheren oder über dem eines späteren Zeitraums, der in den Einzelheiten steht.',
  },
  PARTNERSHIP_RESULT_BASELINE_LOCKED: {
    kind: 'conflict',
    en: 'A period is locked, so the baseline stays as it is.',
    de: 'Ein Zeitraum ist abgeschlossen; der Ausgangswert bleibt, wie er ist.',
  },
});
