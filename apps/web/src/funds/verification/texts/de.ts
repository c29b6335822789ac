const de = {
  title: 'Prüfung der Bücher',
  lead: 'Geht jede Buchung von der ersten an durch, rechnet ihre Kette nach und vergleicht Bestände, Auszahlungen, Bindungen und Bankbuchungen mit dem Journal.',
  start: 'Prüfung beginnen',
  again: 'Noch einmal prüfen',
  quick: 'Die Kette erst ab dem letzten unterschriebenen Stand nachrechnen',
  quickHint: 'Geht schneller; was davor liegt, bezeugt die Unterschrift. Beträge werden immer alle verglichen.',
  running: (checked: number, total: number) => `${checked} von ${total} Buchungen der Kette sind geprüft.`,
  stages: {
    CHAIN: 'Die Kette wird nachgerechnet.',
    UNSEALED: 'Jetzt wird nach Buchungen außerhalb der Kette gesucht.',
    AMOUNTS: 'Jetzt werden Bestände, Auszahlungen, Bindungen und Bankbuchungen verglichen.',
  },
  intact: 'Die Bücher sind unverändert',
  intactText: (checked: number, at: string) =>
    `${checked} Buchungen geprüft, ${at}. Keine wurde geändert, keine fehlt.`,
  broken: 'Die Bücher stimmen nicht',
  brokenText: (seq: number) => `Die erste Buchung, die nicht passt, ist die ${seq}. Bitte rufen Sie die Revision.`,
  findings: 'Was vom Journal abweicht',
  finding: 'Abweichung',
  head: 'Ende der Kette',
  headHint:
    'Bewahren Sie Nummer und Fingerabdruck woanders auf. Mit ihnen lässt sich später beweisen, dass bis hierhin nichts umgeschrieben wurde.',
  seq: 'Nummer der letzten Buchung',
  hash: 'Fingerabdruck',
  checkpoint: 'Mit einem aufbewahrten Stand vergleichen',
  faults: {
    'entry-changed': 'Eine Buchung wurde geändert',
    'entry-missing': 'Eine Buchung fehlt',
    'seal-missing': 'Ein Siegel fehlt',
    'link-broken': 'Ein Glied der Kette passt nicht zum vorigen',
    'entry-unsealed': 'Eine Buchung steht nicht in der Kette',
    'checkpoint-differs': 'Die Kette ist nicht die, die unterschrieben wurde',
  } as Readonly<Record<string, string>>,
};

export type VerificationTexts = typeof de;
export default de;
