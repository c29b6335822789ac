const de = {
  title: 'Meine Aufgaben',
  waits: 'Was auf Sie wartet',
  nothing: 'Im Augenblick wartet nichts auf Sie.',
  more: (count: number) => `${count}+`,
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
  },
};

export type HomeTexts = typeof de;
export default de;
