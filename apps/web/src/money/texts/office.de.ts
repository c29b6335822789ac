const de = {
  order: {
    chosen: (count: number, sum: string) => `${count} ausgewählt, zusammen ${sum}`,
    chooseAll: 'Alle auf dieser Seite auswählen',
    orderMany: 'Ausgewählte anordnen',
    orderAsk: (count: number, sum: string) =>
      `${count} Auszahlungen über zusammen ${sum} zur Zahlung anordnen? Alle oder keine.`,
    ordered: (count: number) => `${count} Auszahlungen sind angeordnet.`,
    choose: (what: string) => `${what} auswählen`,
    select: 'Auswählen',
  },
  runs: {
    title: 'Zahlläufe',
    name: (day: string, type: string) => `Zahllauf vom ${day}, ${type}`,
    create: 'Zahllauf zusammenstellen',
    status: 'Stand',
    empty: 'Noch kein Zahllauf. Sobald Auszahlungen angeordnet sind, stellen Sie hier einen zusammen.',
    columns: {
      run: 'Zahllauf',
      file: 'Bankdatei',
      status: 'Stand',
      execution: 'Ausführung',
      payouts: 'Zahlungen',
      total: 'Summe',
      type: 'Art',
    },
    types: { SEPA: 'SEPA', FOREIGN: 'Ausland' },
    created: 'Der Zahllauf steht, die Bankdatei ist geschrieben.',
    executionOn: 'Ausführung am',
    executionHint: 'An Wochenenden und Bankfeiertagen gilt der nächste Bankarbeitstag',
    requested: (asked: string) => `gewünscht war der ${asked}; da arbeiten die Banken nicht`,
    all: 'Genommen werden alle angeordneten Auszahlungen des Fonds dieser Art.',
    facts: 'Eckdaten',
    account: 'Vom Konto',
    message: 'Kennung der Datei',
    hash: 'Fingerabdruck (SHA-256)',
    download: 'Bankdatei herunterladen',
    toBank: 'Zu den Bankdateien',
    booked: 'Gebucht am',
    statement: 'Kontoauszug',
    cancelled: 'Aufgelöst',
    reinstatementProposed: 'Doch ausgeführt, sagt',
    reinstated: 'Fortführung bestätigt',
    payoutsOf: 'Zahlungen in diesem Lauf',
    transfers: {
      purpose: 'Verwendungszweck',
      payee: 'Empfänger',
      parts: 'Auszahlungen',
      count: (transfers: number, payouts: number) =>
        transfers === payouts ? String(transfers) : `${transfers} für ${payouts} Auszahlungen`,
    },
    acts: {
      send: {
        label: 'Übergabe an die Bank festhalten',
        done: 'Der Zahllauf ist bei der Bank.',
        ask: (count: number, sum: string) => `${count} Zahlungen über ${sum} sind an die Bank gegangen?`,
      },
      book: {
        label: 'Nach Kontoauszug buchen',
        done: 'Der Zahllauf ist gebucht.',
        ask: 'Alle Zahlungen des Laufs werden als bezahlt gebucht.',
      },
      bookedOn: 'Buchungstag',
      reference: 'Nummer des Kontoauszugs',
      cancel: {
        label: 'Auflösen',
        done: 'Der Zahllauf ist aufgelöst.',
        ask: 'Sie erklären damit, dass die Datei nicht an die Bank gegangen ist. Sonst würde zweimal bezahlt.',
      },
      reinstate: {
        label: 'Doch ausgeführt: Fortführung vorschlagen',
        done: 'Die Fortführung ist vorgeschlagen; eine zweite Person entscheidet.',
        ask: 'Die Bank hat den Lauf ausgeführt, obwohl er hier aufgelöst wurde. Bis eine zweite Person bestätigt hat, ändert sich nichts.',
      },
      confirmReinstatement: {
        label: 'Fortführung bestätigen',
        done: 'Der Lauf gilt als gesendet; was die Bank gebucht hat, ist gebucht.',
        ask: 'Die Auszahlungen, die noch so angeordnet sind wie in der Datei, gelten als gesendet, auch angehaltene. Was die Bank gebucht hat, wird gebucht.',
      },
      rejectReinstatement: { label: 'Fortführung ablehnen', done: 'Der Lauf bleibt aufgelöst.' },
      reason: 'Begründung',
    },
  },
  acts: {
    factual: {
      label: 'Sachlich richtig',
      done: 'Als sachlich richtig bestätigt.',
      ask: 'Sie bestätigen: Leistung, Grund und Empfänger stimmen.',
    },
    arithmetical: {
      label: 'Rechnerisch richtig',
      done: 'Als rechnerisch richtig bestätigt.',
      ask: 'Sie bestätigen: Betrag, Konto und Haushaltsjahr stimmen.',
    },
    order: {
      label: 'Zur Zahlung anordnen',
      done: 'Zur Zahlung angeordnet.',
      ask: (sum: string) => `${sum} zur Zahlung anordnen? Empfänger, Konto, Betrag und Zweck sind damit festgelegt.`,
    },
    block: { label: 'Anhalten', done: 'Die Auszahlung ist angehalten.' },
    release: { label: 'Freigeben', done: 'Die Auszahlung ist freigegeben.' },
    cancel: {
      label: 'Absagen',
      done: 'Die Auszahlung ist abgesagt.',
      ask: 'Das Geld geht an den Fonds zurück. Wirklich absagen?',
    },
    reissue: {
      label: 'Neu auszahlen',
      done: 'Eine neue Auszahlung ist angelegt.',
      ask: 'Sie durchläuft alle Prüfungen noch einmal.',
    },
    giveBack: {
      label: 'An den Haushalt zurückgeben',
      done: 'Das Geld ist wieder verfügbar.',
      ask: 'Es wird dann nicht noch einmal ausgezahlt.',
    },
    reason: 'Begründung',
  },
};

export type OfficeTexts = typeof de;
export default de;
