import { declareErrors } from './declare';

/** Refusals of the events service. */
export const eventsErrors = declareErrors({
  EVENTS_EVENT_TRANSITION_NOT_ALLOWED: {
    kind: 'conflict',
    en: 'The event is in a state that does not allow this step.',
    de: 'Der Zustand der Veranstaltung lässt diesen Schritt nicht zu.',
  },
  EVENTS_EVENT_PERIOD_INVALID: {
    kind: 'unprocessable',
    en: 'An event begins in the future, within five years, and lasts 92 days at most; its registration deadline is not later than its start.',
    de: 'Eine Veranstaltung beginnt in der Zukunft, binnen fünf Jahren, und dauert höchstens 92 Tage; ihr Anmeldeschluss liegt nicht nach ihrem Beginn.',
  },
  EVENTS_SEATS_TAKEN: {
    kind: 'conflict',
    en: 'More seats are taken than the event would have left.',
    de: 'Es sind mehr Plätze vergeben, als die Veranstaltung dann noch hätte.',
  },
  EVENTS_EVENT_ALREADY_STARTED: {
    kind: 'conflict',
    en: 'The event has already started.',
    de: 'Die Veranstaltung hat schon begonnen.',
  },
  EVENTS_QUOTA_INVALID: {
    kind: 'unprocessable',
    en: 'Each quota names a group or an attendance mode that the event offers, only once, and is no larger than the capacity.',
    de: 'Jedes Kontingent nennt einmal eine Gruppe oder Teilnahmeform der Veranstaltung und ist nicht größer als die Platzzahl.',
  },
  EVENTS_REGISTRATION_CLOSED: {
    kind: 'conflict',
    en: 'The event does not take registrations: it is not published, or its registration deadline has passed.',
    de: 'Die Veranstaltung nimmt keine Anmeldungen an: sie ist nicht veröffentlicht, oder der Anmeldeschluss ist vorbei.',
  },
  EVENTS_REGISTRATION_EXISTS: {
    kind: 'conflict',
    en: 'This person is already registered for the event.',
    de: 'Diese Person ist für die Veranstaltung schon angemeldet.',
  },
  EVENTS_CONFIRMATION_LINK_INVALID: {
    kind: 'unprocessable',
    en: 'This link does not work any more, or is not complete. Whoever registered you can have a new one sent.',
    de: 'Dieser Link gilt nicht mehr oder ist unvollständig. Wer Sie angemeldet hat, kann einen neuen senden lassen.',
  },
  EVENTS_ADDRESSES_CONFIRMED: {
    kind: 'conflict',
    en: 'There is no address left to confirm.',
    de: 'Es ist keine Adresse mehr zu bestätigen.',
  },
  EVENTS_CONFIRMATION_MAIL_TOO_SOON: {
    kind: 'conflict',
    en: 'A mail was sent a short while ago, or several within a day; the next one has to wait.',
    de: 'Vor Kurzem ging eine Nachricht hinaus, oder mehrere an einem Tag; die nächste muss warten.',
  },
  EVENTS_REGISTRATION_TRANSITION_NOT_ALLOWED: {
    kind: 'conflict',
    en: 'The registration is in a state that does not allow this step.',
    de: 'Der Zustand der Anmeldung lässt diesen Schritt nicht zu.',
  },
  EVENTS_REGISTRATION_GROUP_NOT_ALLOWED: {
    kind: 'unprocessable',
    en: 'The group does not fit: experts register as EXPERTS, a municipality for its own side.',
    de: 'Die Gruppe passt nicht: Fachkräfte melden sich als EXPERTS an, eine Kommune für ihre eigene Seite.',
  },
  EVENTS_REGISTRATION_MUNICIPALITY_UNKNOWN: {
    kind: 'unprocessable',
    en: 'A delegation needs a municipality that the fund knows.',
    de: 'Eine Delegation braucht eine Kommune, die der Fonds kennt.',
  },
  EVENTS_ATTENDANCE_MODE_NOT_OFFERED: {
    kind: 'unprocessable',
    en: 'The event does not offer this attendance mode.',
    de: 'Die Veranstaltung bietet diese Teilnahmeform nicht an.',
  },
  EVENTS_PARTY_TOO_LARGE: {
    kind: 'unprocessable',
    en: 'The party is larger than all the seats that it could ever get; waiting would not help.',
    de: 'Die Gruppe ist größer als alle Plätze, die sie je bekommen könnte; Warten würde nicht helfen.',
  },
  EVENTS_SEATS_NOT_FREE: {
    kind: 'conflict',
    en: 'Not enough seats are free for this; everything stays as it was.',
    de: 'Dafür sind nicht genug Plätze frei; alles bleibt, wie es war.',
  },
  EVENTS_MUNICIPALITY_LIMIT_EXCEEDED: {
    kind: 'conflict',
    en: 'The municipality would have more seats at this event than one municipality may.',
    de: 'Die Kommune hätte mehr Plätze bei dieser Veranstaltung, als eine Kommune haben darf.',
  },
  EVENTS_LATE_ENTRY_NOT_ALLOWED: {
    kind: 'unprocessable',
    en: 'After the registration deadline only an organiser registers, with a reason, until the event starts.',
    de: 'Nach dem Anmeldeschluss meldet nur die Organisation an, mit Begründung, bis die Veranstaltung beginnt.',
  },
  EVENTS_ENTRY_NOT_ON_EVENT_DAY: {
    kind: 'conflict',
    en: 'People are let in at the door only on the days of the event, counted in its time zone.',
    de: 'Einlass ohne Anmeldung gibt es nur an den Tagen der Veranstaltung, gezählt in ihrer Zeitzone.',
  },
  EVENTS_PARTICIPANTS_INVALID: {
    kind: 'unprocessable',
    en: 'The people named are not all of this registration, or nobody would be left.',
    de: 'Die genannten Personen gehören nicht alle zu dieser Anmeldung, oder es bliebe niemand übrig.',
  },
  EVENTS_WAITING_LIST_FULL: {
    kind: 'conflict',
    en: 'The event is full and so is its waiting list.',
    de: 'Die Veranstaltung ist ausgebucht, und die Warteliste ist voll.',
  },
  EVENTS_OFFER_EXPIRED: {
    kind: 'conflict',
    en: 'The offer of this seat has expired.',
    de: 'Das Angebot für diesen Platz ist abgelaufen.',
  },
  EVENTS_CHECK_IN_NOT_ON_EVENT_DAY: {
    kind: 'conflict',
    en: 'Check-in is possible only on the days of the event, counted in its time zone.',
    de: 'Einchecken ist nur an den Tagen der Veranstaltung möglich, gezählt in ihrer Zeitzone.',
  },
  EVENTS_CHECK_IN_SEATS_EXCEEDED: {
    kind: 'unprocessable',
    en: 'More people than the registration has seats for.',
    de: 'Mehr Personen, als die Anmeldung Plätze hat.',
  },
});
