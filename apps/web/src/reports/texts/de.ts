import type { Side } from '#contracts/partnership';
import type { REPORT_SECTIONS, ReportCancellation } from '#contracts/staffing';

const de = {
  expert: 'Fachkraft',
  nameOf: (expert: string, town: string) => `${expert} in ${town}`,
  list: {
    title: 'Berichte',
    status: 'Stand',
    report: 'Bericht',
    assignment: 'Einsatz',
    dueOn: 'Fällig am',
    empty: 'Kein Bericht passt dazu. Die Berichte mit ihren Fristen entstehen mit der Ausreise.',
  },
  sections: {
    MILESTONES: { title: 'Meilensteine', hint: 'Was war bis heute vereinbart, und was ist erreicht?' },
    INDICATORS: { title: 'Messbare Ergebnisse', hint: 'Zahlen, an denen man es sieht: vorher und jetzt' },
    PARTNERSHIP_EFFECTS: {
      title: 'Wirkung auf die Partnerschaft',
      hint: 'Was hat sich zwischen beiden Kommunen verändert?',
    },
    GENDER: { title: 'Gleichstellung', hint: 'Was ist für Frauen und Männer, Mädchen und Jungen anders geworden?' },
    OBSTACLES: { title: 'Hindernisse', hint: 'Was hat aufgehalten, und was hilft?' },
    BANKABLE_PROJECTS: { title: 'Vorhaben für Geldgeber', hint: 'Was wäre reif für eine Finanzierung?' },
    NEXT_STEPS: { title: 'Nächste Schritte', hint: 'Bis zum nächsten Bericht' },
    RESOURCES_USED: { title: 'Eingesetzte Mittel', hint: 'Wofür wurden Geld und Sachmittel verwendet?' },
  } satisfies Record<(typeof REPORT_SECTIONS)[number], { title: string; hint: string }>,
  page: {
    content: 'Inhalt',
    empty: 'Noch nichts eingereicht.',
    facts: 'Eckdaten',
    submitted: 'Eingereicht',
    accepted: 'Angenommen am',
    cancelled: 'Entfallen durch',
    returned: 'Zurückgegeben mit der Bitte um Überarbeitung',
    attachments: 'Anlagen',
    comments: 'Was die Kommunen dazu sagen',
    noComments: 'Noch kein Kommentar.',
    sides: { DE: 'deutsche Seite', PARTNER: 'Partnerseite' } satisfies Record<Side, string>,
  },
  cancellations: {
    EXTENSION: 'Verlängerung',
    INTERRUPTION: 'Unterbrechung',
    RESUMPTION: 'Fortsetzung',
    EARLY_END: 'vorzeitiges Ende',
    CORRECTION: 'Berichtigung',
  } satisfies Record<ReportCancellation, string>,
  write: {
    title: 'Bericht schreiben',
    intro: 'Schreiben Sie zu jedem Teil, was zu sagen ist. Was nicht zutrifft, bleibt leer.',
    nothing: 'Bitte schreiben Sie zu mindestens einem Teil etwas.',
    attachments: 'Anlagen',
    attachmentsHint:
      'Die Dateien bleiben bei Ihnen; festgehalten wird ihre Prüfsumme. Schicken Sie sie der Servicestelle wie vereinbart.',
    kept: 'Was Sie eingeben, bleibt verschlüsselt in diesem Browser, bis der Bericht eingereicht ist. Das geht auch ohne Verbindung.',
    submit: 'Bericht einreichen',
    done: 'Der Bericht ist eingereicht. Als Nächstes äußern sich die Kommunen.',
  },
  acts: {
    write: 'Bericht schreiben',
    comment: { label: 'Kommentieren', done: 'Ihr Kommentar ist festgehalten.' },
    text: 'Kommentar Ihrer Kommune',
    accept: {
      label: 'Annehmen',
      done: 'Der Bericht ist angenommen.',
      ask: 'Danach ändert er sich nicht mehr. Raten, die auf ihn warten, werden zahlbar.',
    },
    return: { label: 'Zurückgeben', done: 'Der Bericht ist zurückgegeben.' },
    reason: 'Was fehlt oder ist zu ändern?',
    reasonHint: 'Die Fachkraft liest es',
  },
};

export type ReportTexts = typeof de;
export default de;
