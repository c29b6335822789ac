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
    done: (recorded: number, unchanged: number) => `${recorded} Kurse erfasst, ${unchanged} waren schon da.`,
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
