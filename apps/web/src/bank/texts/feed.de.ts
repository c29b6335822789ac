import type { WebhookDisabledReason, WebhookSubject } from '#contracts/finance';

type Outcome = 'DELIVERED' | 'FAILED';

const de = {
  title: 'Zahlungsmeldungen an andere Systeme',
  consumers: {
    title: 'Wer wie weit bestätigt hat',
    empty: 'Noch hat kein System etwas bestätigt.',
    name: 'System',
    position: 'Bestätigt bis',
    end: (position: string) => `Letzte Meldung: ${position}`,
    at: 'Zuletzt bestätigt',
    lag: 'Rückstand',
    upToDate: 'Auf dem Stand',
    behind: (messages: number, time: string) =>
      messages === 1 ? `1 Meldung, seit ${time}` : `${messages} Meldungen, seit ${time}`,
    time: (seconds: number) =>
      seconds < 120
        ? `${seconds} Sekunden`
        : seconds < 7_200
          ? `${Math.floor(seconds / 60)} Minuten`
          : `${Math.floor(seconds / 3_600)} Stunden`,
    confirm: {
      label: 'Stand bestätigen',
      done: 'Der Stand ist bestätigt.',
      ask: 'Sie bestätigen, dass alle Meldungen bis zu dieser Stelle im anderen System verbucht sind.',
    },
    replay: {
      label: 'Meldungen noch einmal senden',
      done: 'Die Meldungen werden noch einmal gesendet.',
      ask: 'Nur für ein System, das Meldungen verloren hat. Dieselben Meldungen kommen noch einmal.',
    },
    from: 'Ab Stelle',
    upTo: 'Bis Stelle',
  },
  messages: {
    title: 'Meldungen ansehen',
    after: 'Nach der Stelle',
    empty: 'Nach dieser Stelle gibt es keine Meldung.',
    position: 'Stelle',
    what: 'Meldung',
    payout: 'Auszahlung',
    toPayout: 'Ansehen',
    at: 'Wann',
    signed: 'Unterschrift',
    yes: 'Unterschrieben',
    no: 'Ohne',
    next: 'Weitere Meldungen',
  },
  subjects: {
    'evt.finance.payout.*': 'Alle Meldungen, auch künftige',
    'evt.finance.payout.due.v1': 'Fällig geworden',
    'evt.finance.payout.blocked.v1': 'Gesperrt',
    'evt.finance.payout.ordered.v1': 'Angeordnet',
    'evt.finance.payout.sent.v1': 'An die Bank gegangen',
    'evt.finance.payout.booked.v1': 'Gebucht',
    'evt.finance.payout.rejected.v1': 'Von der Bank abgelehnt',
    'evt.finance.payout.returned.v1': 'Zurückgekommen',
    'evt.finance.payout.cancelled.v1': 'Abgesagt',
    'evt.finance.payout.order-voided.v1': 'Anordnung hinfällig',
    'evt.finance.payout.released.v1': 'Sperre gelöst',
  } satisfies Record<WebhookSubject, string> as Readonly<Record<WebhookSubject, string>>,
  keys: {
    title: 'Schlüssel, mit denen unterschrieben wird',
    id: 'Kennung',
    kind: 'Verfahren',
    empty: 'Noch wurde keine Meldung unterschrieben.',
  },
  webhooks: {
    title: 'Adressen, an die gesendet wird',
    empty: 'Es wird an keine Adresse gesendet.',
    name: 'Name',
    url: 'Adresse',
    status: 'Stand',
    position: 'Zugestellt bis',
    failed: 'Fehlversuche',
    active: 'Sendet',
    disabled: 'Angehalten',
    create: {
      label: 'Adresse hinzufügen',
      done: 'Die Adresse ist hinzugefügt.',
      ask: 'Gesendet wird alles ab jetzt. Nur öffentliche Adressen mit https.',
    },
    subjects: 'Welche Meldungen',
  },
  webhook: {
    facts: 'Eckdaten',
    reason: 'Angehalten, weil',
    reasons: {
      BY_PERSON: 'Von Hand angehalten',
      REPEATED_FAILURE: 'Die Adresse hat tagelang nicht geantwortet',
      GONE: 'Die Adresse sagt, dass es sie nicht mehr gibt',
    } satisfies Record<WebhookDisabledReason, string>,
    next: 'Nächster Versuch',
    created: 'Angelegt',
    deliveries: 'Zustellungen',
    outcome: 'Ergebnis',
    outcomes: { DELIVERED: 'Zugestellt', FAILED: 'Fehlgeschlagen' } satisfies Record<Outcome, string>,
    noDeliveries: 'Noch keine Zustellung.',
    at: 'Wann',
    attempt: 'Versuch',
    answer: 'Antwort',
    duration: 'Dauer',
    ms: (milliseconds: number) => `${milliseconds} ms`,
    again: 'noch einmal gesendet',
    pause: {
      label: 'Anhalten',
      done: 'Es wird nichts mehr gesendet.',
      ask: 'Neue Meldungen warten, bis Sie fortsetzen.',
    },
    resume: { label: 'Fortsetzen', done: 'Es wird wieder gesendet, ohne Lücke.' },
    rotate: {
      label: 'Neues Geheimnis erzeugen',
      done: 'Das neue Geheimnis gilt.',
      ask: 'Das alte Geheimnis gilt noch so lange weiter, wie Sie angeben.',
    },
    overlap: 'Das alte gilt noch (Stunden)',
    replay: {
      label: 'Noch einmal senden',
      done: 'Die Meldungen werden noch einmal gesendet.',
      ask: 'Beide Stellen eingeschlossen; der Empfänger erkennt Wiederholtes an der Kennung.',
    },
  },
  secret: {
    title: 'Geheimnis der Adresse',
    once: 'Das Geheimnis wird nur jetzt gezeigt. Tragen Sie es beim Empfänger ein, bevor Sie schließen.',
    label: 'Geheimnis',
    copy: 'Kopieren',
    copied: 'Kopiert.',
    noted: 'Ich habe es eingetragen',
  },
};

export type FeedTexts = typeof de;
export default de;
