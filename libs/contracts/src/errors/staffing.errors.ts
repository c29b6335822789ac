import { declareErrors } from './declare';

/** Refusals of the staffing service. */
export const staffingErrors = declareErrors({
  STAFFING_PARTNERSHIP_NOT_KNOWN: {
    kind: 'unprocessable',
    en: 'Staffing does not know this partnership (yet). Check the id; a partnership recorded just now is known in a few seconds.',
    de: 'Diese Partnerschaft ist hier (noch) nicht bekannt. Bitte die Kennung prüfen; eine eben erfasste ist in wenigen Sekunden bekannt.',
  },
  STAFFING_EXPERT_REQUEST_TRANSITION_NOT_ALLOWED: {
    kind: 'conflict',
    en: 'The expert request is in a state that does not allow this step.',
    de: 'Die Interessenbekundung ist in einem Zustand, der diesen Schritt nicht erlaubt.',
  },
  STAFFING_EXPERT_REQUEST_ALREADY_SIGNED: {
    kind: 'conflict',
    en: 'The expert request is signed and can no longer be changed. Withdraw it and start a new one.',
    de: 'Die Interessenbekundung ist unterschrieben und nicht mehr änderbar. Bitte zurückziehen und neu beginnen.',
  },
  STAFFING_EXPERT_REQUEST_SIDE_ALREADY_SIGNED: {
    kind: 'conflict',
    en: 'Your side has already signed.',
    de: 'Ihre Seite hat bereits unterschrieben.',
  },
  STAFFING_EXPERT_REQUEST_SIDE_NOT_OWN: {
    kind: 'forbidden',
    en: 'Your municipality takes part on the other side; you cannot sign for this one.',
    de: 'Ihre Kommune nimmt auf der anderen Seite teil; für diese können Sie nicht unterschreiben.',
  },
  STAFFING_EXPERT_REQUEST_SIGNATURES_MISSING: {
    kind: 'conflict',
    en: 'Both sides of every partnership sign before the request is submitted.',
    de: 'Vor dem Einreichen unterschreiben beide Seiten jeder Partnerschaft.',
  },
  STAFFING_EXPERT_REQUEST_NOT_ELIGIBLE: {
    kind: 'unprocessable',
    en: 'The request is not eligible today. The rules that are not met stand under errors, each with what it looked at.',
    de: 'Die Interessenbekundung ist heute nicht antragsberechtigt. Die verletzten Regeln stehen mit dem, was sie geprüft haben, unter errors.',
  },
  STAFFING_ELIGIBILITY_NOT_ASKED: {
    kind: 'unavailable',
    en: 'Whether the partnerships are eligible today could not be asked: the partnership service does not answer. Nothing was changed; try again after Retry-After.',
    de: 'Ob die Partnerschaften heute antragsberechtigt sind, war nicht zu erfahren: Der Partnerschaftsdienst antwortet nicht. Nichts wurde geändert; bitte nach Retry-After erneut versuchen.',
  },
  STAFFING_ASSIGNMENT_EMPLOYER_NOT_ELIGIBLE: {
    kind: 'unprocessable',
    en: 'The employer is not in a country on the list of today, or takes no part on the partner side. What was looked at stands under errors.',
    de: 'Der Arbeitgeber liegt nicht in einem Land auf der heute geltenden Liste oder nimmt nicht auf der Partnerseite teil. Was geprüft wurde, steht unter errors.',
  },
  STAFFING_EXPERT_REQUEST_PLACE_OF_WORK_NOT_PARTICIPATING: {
    kind: 'unprocessable',
    en: 'The place of work is not a municipality of the partner side of one of the partnerships.',
    de: 'Der Einsatzort ist keine Kommune der Partnerseite einer der Partnerschaften.',
  },
  STAFFING_EXPERT_REQUEST_NOT_KNOWN: {
    kind: 'unprocessable',
    en: 'There is no expert request with this id.',
    de: 'Es gibt keine Interessenbekundung mit dieser Kennung.',
  },
  STAFFING_EXPERT_REQUEST_NOT_SELECTED: {
    kind: 'conflict',
    en: 'Only a selected request gets an assignment.',
    de: 'Nur eine ausgewählte Interessenbekundung bekommt einen Einsatz.',
  },
  STAFFING_ASSESSMENT_CRITERIA_INCOMPLETE: {
    kind: 'unprocessable',
    en: 'Each criterion in force is scored exactly once. The missing or unknown ones stand in the details.',
    de: 'Jedes geltende Kriterium wird genau einmal bewertet. Fehlende oder unbekannte stehen in den Einzelheiten.',
  },
  STAFFING_ASSESSMENT_REVIEWER_REPEATED: {
    kind: 'conflict',
    en: 'You have already assessed this request. Another person gives the second assessment.',
    de: 'Sie haben diese Interessenbekundung schon bewertet. Die zweite Bewertung gibt eine andere Person ab.',
  },
  STAFFING_ASSESSMENT_REVIEWER_SIGNED: {
    kind: 'forbidden',
    en: 'Whoever signed a request does not assess it.',
    de: 'Wer unterschrieben hat, bewertet nicht.',
  },
  STAFFING_ASSESSMENT_REVIEWER_DRAFTED: {
    kind: 'forbidden',
    en: 'Whoever wrote a request, or changed it, does not assess it.',
    de: 'Wer eine Interessenbekundung verfasst oder geändert hat, bewertet sie nicht.',
  },
  STAFFING_ASSESSMENT_REVIEWER_CHECKED: {
    kind: 'forbidden',
    en: 'Whoever checked a request formally, in this round or an earlier one, does not assess it.',
    de: 'Wer die formale Prüfung vorgenommen hat, auch in einer früheren Runde, bewertet nicht.',
  },
  STAFFING_ASSESSMENT_COMPLETE: {
    kind: 'conflict',
    en: 'All reviewers are in. Their scores are visible now and no longer change.',
    de: 'Alle Bewertungen liegen vor. Sie sind jetzt sichtbar und ändern sich nicht mehr.',
  },
  STAFFING_ASSESSMENT_NOT_GIVEN: {
    kind: 'conflict',
    en: 'You have not assessed this request yet.',
    de: 'Sie haben diese Interessenbekundung noch nicht bewertet.',
  },
  STAFFING_RECOMMENDATION_BY_REVIEWER: {
    kind: 'conflict',
    en: 'You assessed this request. Another person recommends it or not.',
    de: 'Sie haben diese Interessenbekundung bewertet. Die Empfehlung gibt eine andere Person.',
  },
  STAFFING_SELECTION_BY_REVIEWER: {
    kind: 'conflict',
    en: 'You assessed this request. Another person records the decision of the panel.',
    de: 'Sie haben diese Interessenbekundung bewertet. Die Entscheidung hält eine andere Person fest.',
  },
  STAFFING_SELECTION_FOUR_EYES: {
    kind: 'conflict',
    en: 'You made the recommendation. Another person records the decision of the panel.',
    de: 'Sie haben die Empfehlung gegeben. Die Entscheidung hält eine andere Person fest.',
  },
  STAFFING_RECOMMENDATION_ASSESSMENTS_MISSING: {
    kind: 'conflict',
    en: 'A recommendation needs the assessments of two independent reviewers.',
    de: 'Eine Empfehlung braucht die Bewertungen zweier unabhängiger Personen.',
  },
  STAFFING_RECOMMENDATION_INSTRUMENT_INVALID: {
    kind: 'unprocessable',
    en: 'A recommendation names the instrument; without recommendation there is none.',
    de: 'Eine Empfehlung nennt das Instrument; ohne Empfehlung gibt es keines.',
  },
  STAFFING_EXPERT_NOT_KNOWN: {
    kind: 'unprocessable',
    en: 'There is no expert with this id.',
    de: 'Es gibt keine Fachkraft mit dieser Kennung.',
  },
  STAFFING_EXPERT_BIRTH_DATE_NOT_PLAUSIBLE: {
    kind: 'unprocessable',
    en: 'Nobody of that age is an expert: check the birth date for a typing error. The limits stand under errors.',
    de: 'In diesem Alter ist niemand Fachkraft: Bitte das Geburtsdatum auf Tippfehler prüfen. Die Grenzen stehen unter errors.',
  },
  STAFFING_EXPERT_DUPLICATE_LIKELY: {
    kind: 'conflict',
    en: 'Another expert has this address already. Go on with the record that stands in the details, or say in duplicateReason why this is another person.',
    de: 'Diese Adresse hat schon eine andere Fachkraft. Bitte den Datensatz aus den Einzelheiten verwenden oder unter duplicateReason begründen, warum dies eine andere Person ist.',
  },
  STAFFING_EXPERT_VERIFIES_SELF: {
    kind: 'forbidden',
    en: 'Nobody verifies facts about themselves.',
    de: 'Niemand bestätigt Angaben über sich selbst.',
  },
  STAFFING_EXPERT_NOT_AVAILABLE: {
    kind: 'conflict',
    en: 'On at least one day of the period the shares of the expert would exceed full time. Day and assignments stand in the details.',
    de: 'An mindestens einem Tag des Zeitraums würden die Anteile der Fachkraft eine volle Stelle übersteigen. Tag und Einsätze stehen in den Einzelheiten.',
  },
  STAFFING_EXPERT_CONSENT_ALREADY_GIVEN: {
    kind: 'conflict',
    en: 'The expert has already consented that this employer sees the name.',
    de: 'Die Fachkraft hat schon eingewilligt, dass dieser Arbeitgeber den Namen sieht.',
  },
  STAFFING_EXPERT_CONSENT_EVIDENCE_MISSING: {
    kind: 'unprocessable',
    en: 'Say how and when the expert consented: only the expert consents without it.',
    de: 'Bitte angeben, wie und wann die Fachkraft eingewilligt hat: nur sie selbst willigt ohne diese Angabe ein.',
  },
  STAFFING_EXPERT_CONSENT_MISSING: {
    kind: 'conflict',
    en: 'There is no consent of the expert that could be withdrawn.',
    de: 'Es gibt keine Einwilligung der Fachkraft, die widerrufen werden könnte.',
  },
  STAFFING_EXPERT_NOT_ELIGIBLE: {
    kind: 'unprocessable',
    en: 'The person does not meet the conditions of the instrument. The failing rules stand in the details, with the facts that nobody has verified.',
    de: 'Die Person erfüllt die Bedingungen des Instruments nicht. Die verletzten Regeln stehen in den Einzelheiten, mit den Angaben, die niemand bestätigt hat.',
  },
  STAFFING_INSTRUMENT_RULE_MISSING: {
    kind: 'unprocessable',
    en: 'No rules are on record for this instrument on the day the assignment starts.',
    de: 'Für dieses Instrument sind am Tag des Beginns keine Regeln hinterlegt.',
  },
  STAFFING_ASSIGNMENT_EMPLOYER_NOT_PARTICIPATING: {
    kind: 'unprocessable',
    en: 'The employer is not a municipality of the partner side of the request.',
    de: 'Der Arbeitgeber ist keine Kommune der Partnerseite der Interessenbekundung.',
  },
  STAFFING_ASSIGNMENT_INSTRUMENT_MISMATCH: {
    kind: 'unprocessable',
    en: 'The cost inputs belong to another instrument than the one chosen for the request.',
    de: 'Die Kostenangaben gehören zu einem anderen Instrument als dem für die Interessenbekundung gewählten.',
  },
  STAFFING_ASSIGNMENT_TERM_NOT_ALLOWED: {
    kind: 'unprocessable',
    en: 'The period is shorter or longer than the instrument allows.',
    de: 'Der Zeitraum ist kürzer oder länger, als das Instrument erlaubt.',
  },
  STAFFING_ASSIGNMENT_TRANSITION_NOT_ALLOWED: {
    kind: 'conflict',
    en: 'The assignment is in a state that does not allow this step.',
    de: 'Der Einsatz ist in einem Zustand, der diesen Schritt nicht erlaubt.',
  },
  STAFFING_PARTNER_DECISION_MISSING: {
    kind: 'conflict',
    en: 'The employing municipality has not accepted the expert yet.',
    de: 'Die beschäftigende Kommune hat die Fachkraft noch nicht angenommen.',
  },
  STAFFING_PARTNER_DECISION_ALREADY_MADE: {
    kind: 'conflict',
    en: 'The employing municipality has already decided.',
    de: 'Die beschäftigende Kommune hat bereits entschieden.',
  },
  STAFFING_PARTNER_DECISION_NOT_BY_EMPLOYER: {
    kind: 'forbidden',
    en: 'Only the employing municipality decides on the expert.',
    de: 'Nur die beschäftigende Kommune entscheidet über die Fachkraft.',
  },
  STAFFING_ASSIGNMENT_FUNDING_REFUSED: {
    kind: 'conflict',
    en: 'The fund does not cover the assignment. Reason and missing amounts per year stand in the assignment.',
    de: 'Der Fonds deckt den Einsatz nicht. Grund und fehlende Beträge je Jahr stehen im Einsatz.',
  },
  STAFFING_ASSIGNMENT_DEPARTURE_NOT_IN_PERIOD: {
    kind: 'unprocessable',
    en: 'The departure lies outside the period of the assignment.',
    de: 'Die Ausreise liegt außerhalb des Einsatzzeitraums.',
  },
  STAFFING_ASSIGNMENT_PERIOD_NOT_OVER: {
    kind: 'conflict',
    en: 'The period of the assignment is not over yet; what ends before is an early end.',
    de: 'Der Einsatzzeitraum ist noch nicht vorbei; was vorher endet, ist ein vorzeitiges Ende.',
  },
  STAFFING_ASSIGNMENT_REPORTS_OPEN: {
    kind: 'conflict',
    en: 'Reports of the assignment are not accepted yet; the details name them.',
    de: 'Berichte des Einsatzes sind noch nicht angenommen; die Einzelheiten nennen sie.',
  },
  STAFFING_ASSIGNMENT_DAY_IN_FUTURE: {
    kind: 'unprocessable',
    en: 'The day lies in the future; what has not happened yet cannot be recorded.',
    de: 'Der Tag liegt in der Zukunft; was noch nicht geschehen ist, kann nicht festgehalten werden.',
  },
  STAFFING_ASSIGNMENT_PREPARATION_NOT_PLAUSIBLE: {
    kind: 'unprocessable',
    en: 'The preparation would start too long before the assignment, or not before its departure or end.',
    de: 'Die Vorbereitung begänne zu lange vor dem Einsatz oder nicht vor Ausreise oder Ende.',
  },
  STAFFING_EXPERT_REQUEST_PERIOD_NOT_PLAUSIBLE: {
    kind: 'unprocessable',
    en: 'The desired period lies too far from today.',
    de: 'Der gewünschte Zeitraum liegt zu weit entfernt von heute.',
  },
  STAFFING_ASSIGNMENT_START_NOT_PLAUSIBLE: {
    kind: 'unprocessable',
    en: 'The period starts too far from today.',
    de: 'Der Zeitraum beginnt zu weit entfernt von heute.',
  },
  STAFFING_ASSIGNMENT_CORRECTION_NOT_ALLOWED: {
    kind: 'conflict',
    en: 'The assignment is in a state in which this is not corrected.',
    de: 'Der Einsatz ist in einem Zustand, in dem dies nicht berichtigt wird.',
  },
  STAFFING_ASSIGNMENT_MONEY_MOVED: {
    kind: 'conflict',
    en: 'A payment for the assignment has gone to the bank; its days are no longer corrected.',
    de: 'Eine Zahlung für den Einsatz ist zur Bank gegangen; seine Tage werden nicht mehr berichtigt.',
  },
  STAFFING_EXPERT_TERMS_TOO_LONG: {
    kind: 'unprocessable',
    en: 'The terms of the person with this instrument would be longer together than it allows.',
    de: 'Die Einsatzzeiten der Person mit diesem Instrument wären zusammen länger, als es erlaubt.',
  },
  STAFFING_EXPERT_REQUEST_TERMS_TOO_LONG: {
    kind: 'unprocessable',
    en: 'The terms of the experts of the request would be longer together than the instrument allows for so many experts.',
    de: 'Die Einsatzzeiten der Fachkräfte der Interessenbekundung wären zusammen länger, als das Instrument für so viele Fachkräfte erlaubt.',
  },
  STAFFING_EXPERT_REQUEST_EXPERTS_REACHED: {
    kind: 'conflict',
    en: 'As many experts are planned for the request as it asks for.',
    de: 'Für die Interessenbekundung sind so viele Fachkräfte geplant, wie sie erbittet.',
  },
  STAFFING_ASSIGNMENT_EXTENSION_PENDING: {
    kind: 'conflict',
    en: 'The fund has not answered yet to the extension that was asked for. Try again in a moment.',
    de: 'Der Fonds hat auf die beantragte Verlängerung noch nicht geantwortet. Bitte gleich noch einmal versuchen.',
  },
  STAFFING_ASSIGNMENT_SHARE_CHANGE_PENDING: {
    kind: 'conflict',
    en: 'The fund has not answered yet to the share of full time or the terms that were asked for. Try again in a moment.',
    de: 'Der Fonds hat auf den beantragten Stellenanteil oder die beantragten Bedingungen noch nicht geantwortet. Bitte gleich noch einmal versuchen.',
  },
  STAFFING_ASSIGNMENT_SHARE_UNCHANGED: {
    kind: 'unprocessable',
    en: 'From that day on the assignment has this share of full time already.',
    de: 'Von diesem Tag an hat der Einsatz diesen Stellenanteil schon.',
  },
  STAFFING_ASSIGNMENT_TERMS_UNCHANGED: {
    kind: 'unprocessable',
    en: 'From that day on these terms hold already.',
    de: 'Von diesem Tag an gelten diese Bedingungen schon.',
  },
  STAFFING_ASSIGNMENT_TERMS_NOT_ALLOWED: {
    kind: 'unprocessable',
    en: 'The instrument has no such term, or the salary is in another currency than was agreed.',
    de: 'Das Instrument kennt diese Bedingung nicht, oder das Gehalt hat eine andere Währung als vereinbart.',
  },
  STAFFING_ASSIGNMENT_DAY_NOT_ALLOWED: {
    kind: 'unprocessable',
    en: 'The day does not fit the assignment: it lies outside its service, or before what has happened already.',
    de: 'Der Tag passt nicht zum Einsatz: Er liegt außerhalb der Dienstzeit oder vor dem, was schon geschehen ist.',
  },
  STAFFING_REPORT_TRANSITION_NOT_ALLOWED: {
    kind: 'conflict',
    en: 'The report is in a state that does not allow this step.',
    de: 'Der Bericht ist in einem Zustand, der diesen Schritt nicht erlaubt.',
  },
});
