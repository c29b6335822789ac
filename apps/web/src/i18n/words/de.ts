import type { EventStatus, RegistrationStatus } from '#contracts/events';
import type { CostTerms, Instrument, PaymentRunStatus, PayoutStatus } from '#contracts/finance';
import type { AgreementKind, MunicipalityKind, PartnershipKind, PartnershipStatus } from '#contracts/partnership';
import type { AssignmentStatus, ExpertRequestStatus, ReportKind, ReportStatus } from '#contracts/staffing';

/** The field's words for what the contracts count out; a member without a word does not compile. */
const words = {
  municipalityKind: {
    CITY: 'Stadt',
    MUNICIPALITY: 'Gemeinde',
    DISTRICT: 'Kreis',
    ASSOCIATION: 'Kommunalverband',
  } satisfies Record<MunicipalityKind, string>,
  partnershipKind: {
    PARTNERSHIP: 'Partnerschaft',
    FRIENDSHIP: 'Freundschaft',
    CONTACT: 'Kontakt',
    PROJECT_PARTNERSHIP: 'Projektpartnerschaft',
  } satisfies Record<PartnershipKind, string>,
  partnershipStatus: {
    PROPOSED: 'Vorgeschlagen',
    ACTIVE: 'Aktiv',
    DORMANT: 'Ruht',
    ENDED: 'Beendet',
  } satisfies Record<PartnershipStatus, string>,
  agreementKind: {
    CHARTER: 'Partnerschaftsurkunde',
    FRIENDSHIP_AGREEMENT: 'Freundschaftsvereinbarung',
    PROJECT_AGREEMENT: 'Projektvereinbarung',
    MEMORANDUM_OF_UNDERSTANDING: 'Absichtserklärung',
    COUNCIL_RESOLUTION: 'Ratsbeschluss',
  } satisfies Record<AgreementKind, string>,
  instrument: {
    INTEGRATED_EXPERT: 'Integrierte Fachkraft',
    DEVELOPMENT_WORKER: 'Entwicklungshelfer*in',
    LOCAL_EXPERT: 'Lokale Fachkraft',
  } satisfies Record<Instrument, string>,
  requestStatus: {
    DRAFT: 'Entwurf',
    SUBMITTED: 'Eingereicht',
    FORMAL_CHECK: 'In formaler Prüfung',
    RETURNED: 'Zurück an die Kommunen',
    REJECTED: 'Abgelehnt',
    ASSESSMENT: 'In Bewertung',
    RECOMMENDED: 'Empfohlen',
    NOT_RECOMMENDED: 'Nicht empfohlen',
    SELECTED: 'Ausgewählt',
    WAITLISTED: 'Auf der Warteliste',
    DECLINED: 'Nicht ausgewählt',
    WITHDRAWN: 'Zurückgezogen',
  } satisfies Record<ExpertRequestStatus, string>,
  costTerms: {
    hasSpouse: 'Partner*in mit Anspruch',
    children: 'Kinder mit Anspruch',
    localSalaryMonth: 'Nettogehalt vom Arbeitgeber im Monat',
    costOfLivingPlace: 'Kaufkraftausgleich nach Ort',
    rentMonth: 'Miete im Ausland im Monat',
    salaryMonth: 'Bruttogehalt im Monat',
    employerContributionPercent: 'Arbeitgeberanteil in Prozent',
  } satisfies Record<keyof CostTerms, string>,
  assignmentStatus: {
    PLANNED: 'Geplant',
    FUNDING_REQUESTED: 'Deckung angefragt',
    FUNDING_REFUSED: 'Ohne Deckung',
    CONFIRMED: 'Bestätigt',
    PREPARATION: 'In Vorbereitung',
    ACTIVE: 'Läuft',
    INTERRUPTED: 'Unterbrochen',
    COMPLETED: 'Abgeschlossen',
    ENDED_EARLY: 'Vorzeitig beendet',
    CANCELLED: 'Abgesagt',
  } satisfies Record<AssignmentStatus, string>,
  reportKind: { START: 'Startbericht', PROGRESS: 'Fortschrittsbericht', FINAL: 'Abschlussbericht' } satisfies Record<
    ReportKind,
    string
  >,
  reportStatus: {
    DRAFT: 'Noch nicht eingereicht',
    SUBMITTED: 'Eingereicht',
    COMMENTED: 'Kommentiert',
    ACCEPTED: 'Angenommen',
    RETURNED: 'Zurückgegeben',
    CANCELLED: 'Entfallen',
  } satisfies Record<ReportStatus, string>,
  payoutStatus: {
    PLANNED: 'Geplant',
    DUE: 'Fällig',
    FACTUALLY_CHECKED: 'Sachlich geprüft',
    ARITHMETICALLY_CHECKED: 'Rechnerisch geprüft',
    ORDERED: 'Angeordnet',
    IN_RUN: 'Im Zahllauf',
    SENT: 'Bei der Bank',
    BOOKED: 'Gebucht',
    REJECTED: 'Von der Bank abgelehnt',
    RETURNED: 'Zurückgekommen',
    BLOCKED: 'Gesperrt',
    CANCELLED: 'Abgesagt',
  } satisfies Record<PayoutStatus, string>,
  paymentRunStatus: {
    CREATED: 'Zusammengestellt',
    SENT: 'Bei der Bank',
    SETTLING: 'Wird gebucht',
    BOOKED: 'Gebucht',
    REJECTED: 'Von der Bank abgelehnt',
    CANCELLED: 'Aufgelöst',
  } satisfies Record<PaymentRunStatus, string>,
  eventStatus: {
    DRAFT: 'Entwurf',
    PUBLISHED: 'Veröffentlicht',
    REGISTRATION_CLOSED: 'Anmeldung geschlossen',
    RUNNING: 'Läuft',
    HELD: 'Hat stattgefunden',
    SETTLED: 'Abgerechnet',
    CANCELLED: 'Abgesagt',
    POSTPONED: 'Verschoben',
  } satisfies Record<EventStatus, string>,
  registrationStatus: {
    CONFIRMED: 'Zugesagt',
    WAITLISTED: 'Auf der Warteliste',
    OFFERED: 'Platz angeboten',
    OFFER_EXPIRED: 'Angebot abgelaufen',
    CANCELLED: 'Abgemeldet',
    ATTENDED: 'Teilgenommen',
    NO_SHOW: 'Nicht erschienen',
  } satisfies Record<RegistrationStatus, string>,
};

export default words;
