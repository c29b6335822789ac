interface Part {
  readonly title: string;
  readonly text: string;
}
interface Topic {
  readonly title: string;
  readonly parts: readonly Part[];
}

const de = {
  start: {
    title: 'Fachkräfte für kommunale Partnerschaften',
    lead: 'Städte, Gemeinden und Kreise, die eine aktive Partnerschaft mit einer deutschen Kommune haben, bekommen Unterstützung durch eine Fachkraft. Gemeinsam setzen beide Seiten die Agenda 2030 vor Ort um.',
    signIn: 'Anmelden',
    events: 'Veranstaltungen ansehen',
    numbers: 'Wo der Fonds wirkt',
    waysTitle: 'Drei Wege zu einer Fachkraft',
    ways: [
      {
        title: 'Integrierte Fachkraft',
        text: 'Die Partnerkommune stellt sie an und zahlt das ortsübliche Gehalt; der Fonds zahlt einen Zuschuss.',
      },
      {
        title: 'Entwicklungshelfer*in',
        text: 'Sie arbeitet nach dem Entwicklungshelfer-Gesetz für ein bis vier Jahre in der Partnerkommune.',
      },
      {
        title: 'Lokale Fachkraft',
        text: 'Die Partnerkommune stellt eine Person aus dem eigenen Land an; der Fonds finanziert sie.',
      },
    ],
    stepsTitle: 'So geht es',
    steps: [
      {
        title: 'Gemeinsam Bedarf anmelden',
        text: 'Beide Kommunen beschreiben Ausgangslage, Ziel und Aufgaben und unterschreiben dieselbe Interessenbekundung.',
      },
      {
        title: 'Bewertung und Auswahl',
        text: 'Die Servicestelle prüft die Angaben. Zwei Personen bewerten unabhängig voneinander.',
      },
      {
        title: 'Fachkraft finden',
        text: 'Die Partnerkommune entscheidet, wer kommt. Erst wenn das Geld für die ganze Zeit gebunden ist, wird der Einsatz bestätigt.',
      },
      {
        title: 'Arbeiten und berichten',
        text: 'Die Fachkraft arbeitet vor Ort. Zahlungen folgen dem Plan; Berichte zeigen, was erreicht wurde.',
      },
    ],
  },
  about: {
    accessibility: {
      title: 'Barrierefreiheit',
      parts: [
        {
          title: 'Stand',
          text: 'Diese Seiten sollen der BITV 2.0 und den WCAG 2.1 Stufe AA entsprechen. Jede Seite wird bei jeder Änderung von einem Programm geprüft und mit der Tastatur bedient; eine Prüfung durch Menschen mit Behinderungen steht noch aus.',
        },
        {
          title: 'Bekannte Mängel',
          text: 'Tagesangaben werden mit dem Kalender des Browsers eingegeben; seine Sprache richtet sich nach dem Browser und nicht nach der Sprache dieser Seiten.',
        },
        {
          title: 'Rückmeldung',
          text: 'Wenn Sie auf ein Hindernis stoßen, schreiben Sie bitte der Servicestelle: welche Seite, was nicht ging und womit Sie arbeiten. Sie antwortet innerhalb von zwei Wochen.',
        },
        {
          title: 'Schlichtung',
          text: 'Hilft das nicht, können Sie sich an die Schlichtungsstelle nach § 16 BGG wenden.',
        },
      ],
    },
    imprint: {
      title: 'Impressum',
      parts: [
        {
          title: 'Anbieter',
          text: 'Anbieter ist, wer diese Installation betreibt. Name, Anschrift und Kontakt sind vom Betreiber einzutragen, bevor die Seiten öffentlich sind.',
        },
        {
          title: 'Software',
          text: 'Die Software steht unter der EUPL-1.2. Gestaltung: KERN-Design-System (EUPL-1.2). Schrift: Fira Sans (SIL Open Font License 1.1).',
        },
        { title: 'Daten', text: 'Gemeindeverzeichnis: © Statistisches Bundesamt (Destatis).' },
      ],
    },
    privacy: {
      title: 'Datenschutz',
      parts: [
        {
          title: 'Auf diesen Seiten',
          text: 'Es gibt keine Werbung, keine Zählung und keine Inhalte von anderen Servern. Nach der Anmeldung hält ein Cookie Ihre Sitzung; es ist technisch nötig und wird beim Abmelden gelöscht. Sprache und Darstellung merkt sich nur Ihr Browser.',
        },
        {
          title: 'In den Vorgängen',
          text: 'Verarbeitet werden Angaben, die für Antrag, Einsatz und Zahlung nötig sind. Wer was wann getan hat, wird festgehalten, damit es geprüft werden kann.',
        },
        {
          title: 'Bei Veranstaltungen',
          text: 'Wer zu einer Veranstaltung angemeldet wird, bekommt eine Nachricht und bestätigt, dass die Adresse ihm gehört. Die Nachricht selbst wird nicht aufbewahrt. Namen und Adressen werden sechs Monate nach der Veranstaltung gelöscht, Angaben zur Barrierefreiheit mit ihrem Ende.',
        },
        {
          title: 'Ihre Rechte',
          text: 'Sie können Auskunft, Berichtigung und Löschung verlangen. Wenden Sie sich an die Datenschutzbeauftragte des Betreibers.',
        },
      ],
    },
    plain: {
      title: 'Leichte Sprache',
      parts: [
        {
          title: 'Was ist der Fachkräfte-Fonds?',
          text: 'Viele Städte in Deutschland haben eine Partner-Stadt in einem anderen Land. Die Partner helfen sich. Manchmal fehlt ihnen jemand, der etwas sehr gut kann. So eine Person heißt Fachkraft.',
        },
        {
          title: 'Was macht der Fonds?',
          text: 'Der Fonds hilft, eine Fachkraft zu finden. Und der Fonds gibt Geld dafür.',
        },
        {
          title: 'Was können Sie hier tun?',
          text: 'Sie melden sich an. Dann sehen Sie, was für Sie zu tun ist. Sie können zum Beispiel einen Antrag schreiben oder einen Bericht abgeben.',
        },
        {
          title: 'Brauchen Sie Hilfe?',
          text: 'Schreiben Sie der Service-Stelle. Die Menschen dort helfen Ihnen gern.',
        },
      ],
    },
  } satisfies Record<string, Topic>,
};

export type PublicTexts = typeof de;
export default de;
