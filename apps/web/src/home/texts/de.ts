const de = {
  title: 'Meine Aufgaben',
  waits: 'Was auf Sie wartet',
  nothing: 'Im Augenblick wartet nichts auf Sie.',
  more: (count: number) => `${count}+`,
  expert: {
    title: 'Mein Einsatz',
    none: 'Sie haben noch keinen Einsatz. Sobald einer geplant ist, sehen Sie ihn hier.',
    record: 'Meine Angaben ansehen',
  },
  items: {
    proposedPartnerships: 'Partnerschaften, die noch nicht aktiv sind',
    activePartnerships: 'Aktive Partnerschaften',
    draftRequests: 'Entwürfe, die noch zu schreiben oder zu unterschreiben sind',
    returnedRequests: 'Zurückgegeben: bitte nachbessern',
    submittedRequests: 'Eingereicht: formal zu prüfen',
    requestsToAssess: 'Zu bewerten',
    requestsToDecide: 'Empfohlen: zu entscheiden',
    assignmentsToDecide: 'Einsätze, über die Sie entscheiden',
    assignmentsWithoutCover: 'Einsätze ohne Deckung',
    payoutsFactual: 'Fällig: sachlich zu prüfen',
    payoutsArithmetical: 'Rechnerisch zu prüfen',
    payoutsToOrder: 'Zur Zahlung anzuordnen',
    payoutsOrdered: 'Angeordnet: in einen Zahllauf zu nehmen',
    runsToSend: 'Zahlläufe, die zur Bank müssen',
    payoutsReturned: 'Zurückgekommen oder abgelehnt: zu entscheiden',
    hits: 'Namenstreffer, die zu entscheiden sind',
    accountChanges: 'Kontoänderungen, die auf den Rückruf warten',
    bankEntries: 'Bankbuchungen ohne Zuordnung',
    dismissals: 'Ausbuchungen, die auf Ihre Entscheidung warten',
    offersToAnswer: 'Angebotene Plätze: bitte annehmen oder ablehnen',
    draftEvents: 'Veranstaltungen im Entwurf',
    eventsToSettle: 'Veranstaltungen, die abzurechnen sind',
  },
};

export type HomeTexts = typeof de;
export default de;
