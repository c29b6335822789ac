import type { RegistrationStatus } from '#contracts/events';

const seat: Record<RegistrationStatus, string> = {
  CONFIRMED: 'Ihr Platz ist reserviert.',
  WAITLISTED: 'Sie stehen auf der Warteliste. Wer Sie angemeldet hat, erfährt, sobald ein Platz frei wird.',
  OFFERED: 'Ein Platz ist für Sie frei. Wer Sie angemeldet hat, kann ihn jetzt annehmen.',
  OFFER_EXPIRED: 'Ein angebotener Platz wurde nicht rechtzeitig angenommen.',
  CANCELLED: 'Die Anmeldung wurde abgesagt.',
  ATTENDED: 'Ihre Teilnahme ist vermerkt.',
  NO_SHOW: 'Es ist vermerkt, dass niemand gekommen ist.',
};

const de = {
  title: 'Anmeldung bestätigen',
  lead: 'Sie haben diese Seite aus einer Nachricht geöffnet. Bestätigen Sie, dass die Adresse Ihnen gehört und Sie teilnehmen möchten.',
  confirm: 'Anmeldung bestätigen',
  notYou: 'Kennen Sie die Veranstaltung nicht, schließen Sie diese Seite einfach.',
  doneTitle: 'Anmeldung bestätigt',
  seat,
  invalidTitle: 'Dieser Link gilt nicht mehr',
  invalid: 'Er wurde schon benutzt, ist abgelaufen oder nicht vollständig.',
  invalidHelp:
    'Haben Sie schon bestätigt, ist alles in Ordnung. Sonst kann, wer Sie angemeldet hat, eine neue Nachricht senden lassen.',
  tryAgain: 'Bitte versuchen Sie es in einer Minute noch einmal.',
};

export type ConfirmTexts = typeof de;
export default de;
