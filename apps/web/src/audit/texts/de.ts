const de = {
  title: 'Nachweis',
  titleOfObject: 'Nachweis zu einem Vorgang',
  lead: 'Wer hat was wann getan, und warum. Einträge werden nie geändert; jeder ist mit dem vorigen durch eine Prüfsumme verkettet.',
  actor: 'Kennung der Person',
  act: 'Handlung',
  all: 'Nachweis aller Vorgänge',
  away: 'Hier fehlen Einträge dieser Bereiche; sie antworten gerade nicht:',
  empty: 'Dazu gibt es keinen Eintrag.',
  byMessage: 'durch eine Nachricht',
  byService: 'von selbst',
  withheld: 'geändert; der Wert wird nicht gezeigt',
  made: (count: number) => (count === 1 ? 'angelegt' : `${count} angelegt`),
  changed: (count: number) => (count === 1 ? '1 Angabe geändert' : `${count} Angaben geändert`),
  columns: { when: 'Wann', who: 'Wer', what: 'Was', why: 'Warum', changes: 'Was sich änderte' },
  services: {
    partnership: 'Partnerschaften',
    staffing: 'Bedarf und Einsätze',
    finance: 'Geld',
    events: 'Veranstaltungen',
  },
};

export type AuditTexts = typeof de;
export default de;
