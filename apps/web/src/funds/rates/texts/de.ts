const de = {
  title: 'Kurse und Zinsen',
  lead: 'Kurse werden nie geändert. Eine Berichtigung ist eine neue Zeile; was vorher gerechnet wurde, behält die alte.',
  exchange: 'Wechselkurse',
  currency: 'Währung',
  currencyHint: 'Drei Buchstaben, zum Beispiel GHS',
  empty: 'Zu dieser Währung ist noch kein Kurs erfasst.',
  columns: { currency: 'Währung', on: 'Tag', rate: 'Einheiten für 1 EUR', source: 'Quelle', correct: 'Berichtigen' },
  record: { label: 'Kurs erfassen', done: 'Der Kurs ist erfasst.' },
  correct: {
    label: 'Berichtigen',
    done: 'Die Berichtigung ist erfasst.',
    ask: 'Der neue Kurs ersetzt den bisherigen von jetzt an.',
  },
  correctOf: (what: string) => `Berichtigen: ${what}`,
  corrected: 'Berichtigt',
  corrects: 'Berichtigung eines früheren Kurses',
  waiting: {
    title: 'Wartet auf eine zweite Person',
    lead: 'Diese Kurse weichen stark vom Kurs davor ab. Eine andere Person vergleicht sie mit der Quelle; bis dahin wird nicht mit ihnen gerechnet.',
    told: 'Der Kurs weicht stark vom Kurs davor ab. Er gilt, sobald ihn eine andere Person bestätigt.',
    former: 'Kurs davor',
    difference: 'Abweichung',
    by: 'Erfasst von',
    decide: 'Entscheiden',
    reason: 'Begründung',
    confirm: { label: 'Bestätigen', done: 'Der Kurs gilt.' },
    reject: { label: 'Ablehnen', done: 'Der Kurs ist abgelehnt.' },
  },
  outdated: {
    title: 'Kurse, die zu alt sind',
    lead: (days: number) =>
      `Der letzte Kurs dieser Währungen ist älter als ${days} Tage. Mit ihm wird nicht mehr gerechnet: Erfassen Sie einen neuen.`,
    since: 'Zu alt seit',
    commitments: 'Laufende Mittelbindungen',
  },
  refixings: {
    title: 'Zuschüsse neu festsetzen',
    lead: (percent: number) =>
      `Der Kurs hat sich um mehr als ${percent} % von dem entfernt, nach dem diese Beträge festgesetzt sind. Neu festgesetzt wird auf der Seite der Mittelbindung.`,
    empty: (percent: number) =>
      `Kein Kurs hat sich um mehr als ${percent} % von den festgesetzten Zuschüssen entfernt.`,
    what: 'Einsatz',
    nameOf: (expert: string, town: string) => `${expert} in ${town}`,
    expert: 'Fachkraft',
    period: 'Zeitraum',
    fixed: 'Festgesetzt nach',
    latest: 'Letzter Kurs',
  },
  rateOn: 'Kurs vom',
  rate: 'Einheiten für 1 EUR',
  rateHint: 'Mit Punkt und allen Stellen der Quelle, zum Beispiel 655.957',
  source: 'Quelle',
  import: {
    label: 'Kurse eines Tages einlesen',
    lead: 'Alle Kurse einer Quelle von einem Tag auf einmal, alle oder keiner.',
    lines: 'Kurse',
    linesHint: 'Eine Währung je Zeile: GHS 12.34',
    submit: 'Kurse einlesen',
    done: (recorded: number, unchanged: number, waiting: number) =>
      `${recorded} Kurse erfasst, ${unchanged} waren schon da.${waiting > 0 ? ` ${waiting} warten auf eine zweite Person.` : ''}`,
  },
  base: {
    title: 'Basiszins',
    lead: 'Die Bundesbank legt ihn zum 1. Januar und zum 1. Juli fest (BGB 247).',
    from: 'Gilt ab',
    fromHint: '1. Januar oder 1. Juli',
    percent: 'Prozent im Jahr',
    percentHint: 'Mit Punkt, zum Beispiel 1.27',
    mark: 'Beleg',
    marks: { FOUND: 'Nachgelesen', GENERAL_KNOWLEDGE: 'Mitgeliefert, bitte vergleichen' },
    record: { label: 'Basiszins erfassen', done: 'Der Basiszins ist erfasst.' },
    corrects: 'Ersetzt den erfassten Zins',
    empty: 'Es ist noch kein Basiszins erfasst.',
  },
};

export type RateTexts = typeof de;
export default de;
