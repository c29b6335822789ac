import words from '../words/de';

const de = {
  product: 'Fachkräftefonds',
  claim: 'für kommunale Partnerschaften weltweit',
  close: 'Schließen',
  cancel: 'Abbrechen',
  loading: 'Wird geladen …',
  yes: 'Ja',
  no: 'Nein',
  none: 'keine Angabe',
  shell: {
    skip: 'Zum Inhalt springen',
    breadcrumb: 'Sie sind hier',
    mainNavigation: 'Hauptnavigation',
    menu: 'Menü',
    signIn: 'Anmelden',
    signInFirst: 'Bitte melden Sie sich an',
    signInHelp: 'Diese Seite ist für Angemeldete. Nach der Anmeldung kommen Sie hierher zurück.',
    signOut: 'Abmelden',
    signedInAs: 'Angemeldet als',
    language: 'Sprache',
    dark: 'Dunkle Darstellung',
    light: 'Helle Darstellung',
    footer: 'Über diese Seiten',
  },
  nav: {
    home: 'Meine Aufgaben',
    partnerships: 'Partnerschaften',
    demand: 'Bedarf',
    experts: 'Fachkräfte',
    assignments: 'Einsätze',
    money: 'Geld',
    payees: 'Zahlungsempfänger',
    events: 'Veranstaltungen',
    accessibility: 'Barrierefreiheit',
    imprint: 'Impressum',
    privacy: 'Datenschutz',
    plain: 'Leichte Sprache',
  },
  roles: {
    'programme-officer': 'Programmsteuerung',
    adviser: 'Beratung',
    'municipality-de': 'Deutsche Kommune',
    'municipality-partner': 'Partnerkommune',
    expert: 'Fachkraft',
    recruiter: 'Personalgewinnung',
    'finance-officer': 'Finanzprüfung',
    'payment-orderer': 'Anordnung',
    cashier: 'Kasse',
    'budget-officer': 'Haushalt',
    auditor: 'Revision',
    'data-protection-officer': 'Datenschutz',
    'payout-consumer': 'Finanzsystem',
  },
  period: {
    since: (from: string) => `seit ${from}`,
    between: (from: string, last: string) => `${from} bis ${last}`,
  },
  errors: {
    away: 'Dieser Dienst antwortet gerade nicht',
    awayHelp: 'Die Seite versucht es alle paar Sekunden von selbst wieder. Andere Bereiche können Sie weiter benutzen.',
    notSent: 'Ihre Eingaben sind noch da. Bitte senden Sie sie gleich noch einmal; auch dann geschieht es nur einmal.',
    signedOut: 'Ihre Anmeldung ist abgelaufen',
    notFound: 'Das gibt es hier nicht',
    notFoundHelp: 'Die Adresse ist falsch, oder der Vorgang gehört nicht zu Ihrem Bereich.',
    forbidden: 'Das dürfen Sie mit Ihrer Rolle nicht sehen',
    failed: 'Das hat nicht geklappt',
    failedHelp:
      'Bitte versuchen Sie es noch einmal. Wenn es wieder nicht klappt, melden Sie sich bei der Servicestelle.',
    trace: (id: string) => `Kennung für die Servicestelle: ${id}`,
    broken: 'Diese Seite kann nicht angezeigt werden',
    reload: 'Seite neu laden',
    toStart: 'Zur Startseite',
  },
  form: {
    dayHint: 'TT.MM.JJJJ',
    optional: '(freiwillig)',
    choose: 'Bitte wählen',
    faults: (count: number) =>
      count === 0
        ? 'Das wurde nicht angenommen'
        : count === 1
          ? 'Eine Angabe fehlt oder stimmt nicht'
          : `${count} Angaben fehlen oder stimmen nicht`,
    remove: (name: string) => `${name} entfernen`,
    notSaved: 'Nicht gespeichert',
    faulty: 'Noch nicht gespeichert: Bitte die markierten Angaben prüfen.',
    saving: 'Wird gespeichert …',
    saved: (time: string) => `Entwurf gespeichert, ${time}`,
  },
  issues: {
    required: 'Bitte ausfüllen.',
    choose: 'Bitte eine der Möglichkeiten wählen.',
    check: 'Bitte prüfen: so kann die Angabe nicht stimmen.',
    number: 'Bitte eine ganze Zahl eingeben.',
    day: 'Bitte einen Tag eingeben.',
    afterFrom: 'Das Ende muss nach dem Beginn liegen.',
    aboveZero: 'Der Betrag muss größer als null sein.',
    tooFew: (minimum: number) => `Bitte mindestens ${minimum} angeben.`,
    tooMany: (maximum: number) => `Höchstens ${maximum} sind möglich.`,
    tooSmall: (minimum: number) => `Mindestens ${minimum}.`,
    tooBig: (maximum: number) => `Höchstens ${maximum}.`,
    tooLong: (maximum: number) => `Höchstens ${maximum} Zeichen.`,
  },
  acts: {
    notNow: (count: number) =>
      count === 1
        ? 'Ein weiterer Schritt ist jetzt nicht möglich'
        : `${count} weitere Schritte sind jetzt nicht möglich`,
  },
  fields: {
    title: 'Handlungsfelder und ihre Anteile',
    field: 'Handlungsfeld',
    percent: 'Anteil in Prozent',
    add: 'Handlungsfeld hinzufügen',
    sum: (sum: number) => `Zusammen ${sum} von 100 Prozent`,
  },
  override: {
    reason: 'Begründung, falls eine Regel der Antragsberechtigung nicht erfüllt ist',
    reference: 'Dokument oder Entscheidung dazu',
  },
  conflict: {
    both: 'Sie und jemand anderes haben dasselbe geändert',
    mine: 'Ihre Fassung',
    theirs: 'Andere Fassung',
    decide: 'Was soll gelten?',
    keep: 'Meine behalten',
    take: 'Andere übernehmen',
    title: 'Inzwischen geändert',
    elsewhere:
      'Jemand anderes hat den Vorgang inzwischen geändert. Was Sie hier sehen, ist gleich geblieben; Sie können es noch einmal senden.',
    what: 'Angabe',
    before: 'Sie sahen',
    now: 'Jetzt',
  },
  combobox: {
    none: 'Nichts gefunden',
    found: (count: number) => (count === 1 ? '1 Treffer' : `${count} Treffer`),
  },
  list: {
    filter: 'Liste eingrenzen',
    all: 'Alle',
    pages: 'Seiten der Liste',
    next: 'Nächste Seite',
    previous: 'Vorige Seite',
  },
  words,
};

export type CommonTexts = typeof de;
export default de;
