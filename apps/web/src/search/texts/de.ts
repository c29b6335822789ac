const de = {
  title: 'Suche',
  titleOf: (q: string) => `Suche nach „${q}“`,
  nothingAsked: 'Geben Sie oben eine Nummer wie FA-2026-0147 oder einen Namen ein.',
  tooShort: 'Bitte mindestens zwei Zeichen eingeben.',
  away: 'Hier fehlt, was diese Bereiche wissen; sie antworten gerade nicht:',
  found: (count: number) =>
    count === 0
      ? 'Nichts gefunden. Eine Nummer findet ihren Vorgang allein; sonst hilft ein Wort aus dem Namen.'
      : count === 1
        ? '1 Treffer'
        : `${count} Treffer`,
  kind: 'Was',
  name: 'Name',
  state: 'Stand',
  kinds: {
    partnership: 'Partnerschaft',
    municipality: 'Kommune',
    project: 'Projekt',
    expertRequest: 'Interessenbekundung',
    expert: 'Fachkraft',
    assignment: 'Einsatz',
    payout: 'Auszahlung',
    paymentRun: 'Zahllauf',
    claim: 'Rückforderung',
    event: 'Veranstaltung',
    registration: 'Anmeldung',
  },
  services: {
    partnership: 'Partnerschaften',
    staffing: 'Bedarf und Einsätze',
    finance: 'Geld',
    events: 'Veranstaltungen',
  },
};

export type SearchTexts = typeof de;
export default de;
