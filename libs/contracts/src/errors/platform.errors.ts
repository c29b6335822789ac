import { declareErrors } from './declare';

/** Refusals that any route can answer, made by the gateway or by the shared libraries. */
export const anyRouteErrors = declareErrors({
  PLATFORM_REQUEST_INVALID: {
    kind: 'invalid',
    en: 'The request does not have the expected form. See errors for each field.',
    de: 'Die Anfrage hat nicht die erwartete Form. Die Felder stehen unter errors.',
  },
  PLATFORM_CURSOR_INVALID: {
    kind: 'invalid',
    en: 'The cursor was altered or belongs to a list with other filters. Start again without it.',
    de: 'Der Cursor wurde verändert oder gehört zu einer Liste mit anderen Filtern. Bitte ohne Cursor neu beginnen.',
  },
  PLATFORM_IDEMPOTENCY_KEY_MISSING: {
    kind: 'invalid',
    en: 'This request needs an Idempotency-Key header (1 to 64 visible characters, best a UUID).',
    de: 'Diese Anfrage braucht die Kopfzeile Idempotency-Key (1 bis 64 sichtbare Zeichen, am besten eine UUID).',
  },
  PLATFORM_IDEMPOTENCY_KEY_REUSED: {
    kind: 'unprocessable',
    en: 'This Idempotency-Key was already used for another request. Use a new key.',
    de: 'Dieser Idempotency-Key wurde schon für eine andere Anfrage verwendet. Bitte einen neuen Schlüssel nehmen.',
  },
  PLATFORM_STORED_ANSWER_UNREADABLE: {
    kind: 'conflict',
    en: 'This request was carried out before, but its answer can no longer be opened. Read the resource to see what came of it.',
    de: 'Diese Anfrage wurde schon ausgeführt, ihre Antwort lässt sich aber nicht mehr öffnen. Bitte den Gegenstand selbst lesen.',
  },
  PLATFORM_REQUEST_IN_PROGRESS: {
    kind: 'conflict',
    en: 'The same request is still being carried out. Ask again in a moment with the same key.',
    de: 'Dieselbe Anfrage wird noch ausgeführt. Bitte gleich mit demselben Schlüssel erneut fragen.',
  },
  PLATFORM_TOKEN_INVALID: {
    kind: 'unauthenticated',
    en: 'A valid access token is needed.',
    de: 'Es wird ein gültiges Zugriffstoken benötigt.',
  },
  PLATFORM_SESSION_ENDED: {
    kind: 'unauthenticated',
    en: 'You are not signed in any more. Please sign in again.',
    de: 'Sie sind nicht mehr angemeldet. Bitte melden Sie sich erneut an.',
  },
  PLATFORM_AUTHENTICATION_INSUFFICIENT: {
    kind: 'unauthenticated',
    en: 'This act needs you to confirm first who you are: your sign-in is too long ago or not strong enough.',
    de: 'Für diese Handlung bestätigen Sie bitte zuerst, wer Sie sind: Ihre Anmeldung liegt zu lange zurück oder ist nicht stark genug.',
  },
  PLATFORM_SIGN_IN_FAILED: {
    kind: 'invalid',
    en: 'The sign-in did not come to its end. Please begin again.',
    de: 'Die Anmeldung kam nicht zum Abschluss. Bitte beginnen Sie noch einmal.',
  },
  PLATFORM_ORIGIN_NOT_ALLOWED: {
    kind: 'forbidden',
    en: 'Whoever is signed in with a browser changes things from the pages of the platform alone.',
    de: 'Wer mit einem Browser angemeldet ist, ändert etwas nur von den Seiten der Plattform aus.',
  },
  PLATFORM_ACTION_NOT_ALLOWED: {
    kind: 'forbidden',
    en: 'Your role does not allow this action.',
    de: 'Ihre Rolle erlaubt diese Handlung nicht.',
  },
  PLATFORM_RESOURCE_NOT_FOUND: {
    kind: 'not_found',
    en: 'There is nothing here that you may see.',
    de: 'Hier gibt es nichts, was Sie sehen dürfen.',
  },
  PLATFORM_METHOD_NOT_ALLOWED: {
    kind: 'method_not_allowed',
    en: 'This resource does not support the method. See the Allow header.',
    de: 'Diese Ressource unterstützt die Methode nicht. Siehe Kopfzeile Allow.',
  },
  PLATFORM_NOT_ACCEPTABLE: {
    kind: 'not_acceptable',
    en: 'The answer is not available in the form that Accept asks for.',
    de: 'Die Antwort gibt es nicht in der mit Accept verlangten Form.',
  },
  PLATFORM_VERSION_STALE: {
    kind: 'stale',
    en: 'The resource changed since you read it. Read it again and repeat your change.',
    de: 'Die Ressource wurde inzwischen geändert. Bitte neu lesen und die Änderung wiederholen.',
  },
  PLATFORM_VERSION_REQUIRED: {
    kind: 'precondition_required',
    en: 'This change needs the If-Match header with the ETag you last read.',
    de: 'Diese Änderung braucht die Kopfzeile If-Match mit dem zuletzt gelesenen ETag.',
  },
  PLATFORM_BODY_TOO_LARGE: {
    kind: 'too_large',
    en: 'The request body is too large.',
    de: 'Der Inhalt der Anfrage ist zu groß.',
  },
  PLATFORM_URI_TOO_LONG: {
    kind: 'uri_too_long',
    en: 'The address of the request is too long.',
    de: 'Die Adresse der Anfrage ist zu lang.',
  },
  PLATFORM_HEADERS_TOO_LARGE: {
    kind: 'headers_too_large',
    en: 'The headers of the request are too large.',
    de: 'Die Kopfzeilen der Anfrage sind zu groß.',
  },
  PLATFORM_REQUEST_TIMEOUT: {
    kind: 'request_timeout',
    en: 'The request did not arrive in time, or came too slowly. Send it again over a better connection.',
    de: 'Die Anfrage ist nicht rechtzeitig oder zu langsam angekommen. Bitte über eine bessere Verbindung erneut senden.',
  },
  PLATFORM_MEDIA_TYPE_UNSUPPORTED: {
    kind: 'unsupported_media_type',
    en: 'The media type of the body is not supported; send application/json.',
    de: 'Der Medientyp des Inhalts wird nicht unterstützt; bitte application/json senden.',
  },
  PLATFORM_RATE_LIMITED: {
    kind: 'too_many_requests',
    en: 'Too many requests. Wait as long as Retry-After says.',
    de: 'Zu viele Anfragen. Bitte so lange warten, wie Retry-After angibt.',
  },
  PLATFORM_SERVICE_UNAVAILABLE: {
    kind: 'unavailable',
    en: 'The service for this request is not available at the moment. Try again after Retry-After.',
    de: 'Der Dienst für diese Anfrage ist gerade nicht erreichbar. Bitte nach Retry-After erneut versuchen.',
  },
  PLATFORM_SERVICE_OVERLOADED: {
    kind: 'unavailable',
    en: 'The service has more to do than it can answer in time. Nothing was changed; try again after Retry-After.',
    de: 'Der Dienst hat mehr zu tun, als er rechtzeitig beantworten kann. Nichts wurde geändert; bitte nach Retry-After erneut versuchen.',
  },
  PLATFORM_CALL_OVERDUE: {
    kind: 'timeout',
    en: 'The request came to its turn after its deadline and was not carried out. Nothing was changed.',
    de: 'Die Anfrage kam erst nach ihrer Frist an die Reihe und wurde nicht ausgeführt. Nichts wurde geändert.',
  },
  PLATFORM_ANSWER_TOO_LARGE: {
    kind: 'internal',
    en: 'The answer is larger than one message may be. Ask for a smaller page or filter more; a change that was asked for did take effect.',
    de: 'Die Antwort ist größer, als eine Nachricht sein darf. Bitte eine kleinere Seite verlangen oder enger filtern; eine verlangte Änderung ist erfolgt.',
  },
  PLATFORM_STORAGE_FULL: {
    kind: 'unavailable',
    en: 'The platform has no room to store changes at the moment; reading works. Nothing was changed; try again after Retry-After.',
    de: 'Die Plattform hat gerade keinen Platz, um Änderungen zu speichern; Lesen geht. Nichts wurde geändert; bitte nach Retry-After erneut versuchen.',
  },
  PLATFORM_DEADLINE_EXCEEDED: {
    kind: 'timeout',
    en: 'The service did not answer in time. Whether the change took effect is unknown; repeat it with the same Idempotency-Key.',
    de: 'Der Dienst hat nicht rechtzeitig geantwortet. Ob die Änderung wirkt, ist unbekannt; bitte mit demselben Idempotency-Key wiederholen.',
  },
  PLATFORM_INTERNAL_ERROR: {
    kind: 'internal',
    en: 'Something went wrong on our side. The trace id helps to find it.',
    de: 'Auf unserer Seite ist ein Fehler aufgetreten. Die Trace-Id hilft, ihn zu finden.',
  },
});

/** Refusals of the shared libraries that only the operations answer that declare them. */
export const sharedErrors = declareErrors({
  PLATFORM_RESOURCE_EXISTS: {
    kind: 'conflict',
    en: 'A resource with this id or natural key already exists.',
    de: 'Es gibt bereits eine Ressource mit dieser Kennung oder diesem fachlichen Schlüssel.',
  },
  PLATFORM_RECHECK_RUNNING: {
    kind: 'conflict',
    en: 'A recheck of this service is still running. See its progress in the list, and ask again when it has finished.',
    de: 'Ein Abgleich dieses Dienstes läuft noch. Sein Fortschritt steht in der Liste; bitte danach erneut anfordern.',
  },
  PLATFORM_DEAD_LETTER_REPLAYED: {
    kind: 'conflict',
    en: 'This message was taken up again already. The audit trail says by whom and why.',
    de: 'Diese Nachricht wurde schon wieder aufgenommen. Von wem und warum, steht im Nachweis.',
  },
  PLATFORM_DEAD_LETTER_FAILED_AGAIN: {
    kind: 'conflict',
    en: 'The message failed once more with the error that stands in details. Nothing was changed, and it stays set aside: remove the cause first.',
    de: 'Die Nachricht ist mit dem Fehler, der unter details steht, noch einmal gescheitert. Nichts wurde geändert, und sie bleibt beiseitegelegt: Bitte zuerst die Ursache beheben.',
  },
  PLATFORM_RULE_NOT_KNOWN: {
    kind: 'unprocessable',
    en: 'This service has no such rule. The list of its rules shows the sets and their keys.',
    de: 'Diese Regel gibt es in diesem Dienst nicht. Die Liste seiner Regeln zeigt die Regelwerke und ihre Schlüssel.',
  },
  PLATFORM_RULE_VALUE_NOT_ALLOWED: {
    kind: 'unprocessable',
    en: 'The value does not have the form of this rule, or not its unit. See errors for the field.',
    de: 'Der Wert hat nicht die Form dieser Regel oder nicht ihre Einheit. Das Feld steht unter errors.',
  },
  PLATFORM_RULE_FOUR_EYES: {
    kind: 'forbidden',
    en: 'Whoever proposed a rule does not confirm it. Another person has to.',
    de: 'Wer eine Regel vorgeschlagen hat, bestätigt sie nicht. Das muss eine andere Person tun.',
  },
  PLATFORM_RULE_PROPOSAL_DECIDED: {
    kind: 'conflict',
    en: 'This proposal was decided on already. Propose the row anew if it is still wanted.',
    de: 'Über diesen Vorschlag wurde schon entschieden. Bitte neu vorschlagen, wenn die Zeile noch gewünscht ist.',
  },
  PLATFORM_RULE_ROWS_EXHAUSTED: {
    kind: 'conflict',
    en: 'These rules have as many rows as can be shown. Add the row to the file that is shipped instead.',
    de: 'Diese Regeln haben so viele Zeilen, wie gezeigt werden können. Bitte die Zeile in die ausgelieferte Datei aufnehmen.',
  },
  PLATFORM_DOCUMENT_TYPE_NOT_ALLOWED: {
    kind: 'unprocessable',
    en: 'The file is no PDF, XML, JPEG or PNG, whatever its name says. Give it in as one of these.',
    de: 'Die Datei ist weder PDF noch XML, JPEG oder PNG, was immer ihr Name sagt. Bitte in einem dieser Formate einreichen.',
  },
  PLATFORM_DOCUMENT_INFECTED: {
    kind: 'unprocessable',
    en: 'The scanner found malware in the file. It was not kept.',
    de: 'Der Virenscanner hat in der Datei Schadsoftware gefunden. Sie wurde nicht übernommen.',
  },
  PLATFORM_DOCUMENT_SCANNER_AWAY: {
    kind: 'unavailable',
    en: 'Files are scanned before they are kept, and the scanner does not answer. Try again in a moment.',
    de: 'Dateien werden vor der Übernahme geprüft, und der Virenscanner antwortet nicht. Bitte gleich noch einmal versuchen.',
  },
  PLATFORM_DOCUMENT_STORE_AWAY: {
    kind: 'unavailable',
    en: 'The place where files are kept does not answer. Nothing was changed; try again in a moment.',
    de: 'Die Ablage für Dateien antwortet nicht. Es wurde nichts geändert; bitte gleich noch einmal versuchen.',
  },
  PLATFORM_DOCUMENT_UNKNOWN: {
    kind: 'unprocessable',
    en: 'There is no such document, or it is not yours. Give the file in first.',
    de: 'Dieses Dokument gibt es nicht, oder es ist nicht Ihres. Bitte die Datei zuerst einreichen.',
  },
  PLATFORM_DOCUMENT_IN_USE: {
    kind: 'conflict',
    en: 'The document belongs to something else already. Give the file in again.',
    de: 'Das Dokument gehört schon zu etwas anderem. Bitte die Datei noch einmal einreichen.',
  },
});
