import type { AuditTexts } from './de';

const en: AuditTexts = {
  title: 'Audit trail',
  titleOfObject: 'Audit trail of a case',
  lead: 'Who did what, when, and why. Entries never change; each is chained to the one before by a checksum.',
  actor: 'Identifier of the person',
  act: 'Act',
  all: 'Audit trail of all cases',
  away: 'Entries of these areas are missing here; they do not answer at the moment:',
  empty: 'There is no entry for this.',
  byMessage: 'brought about by a message',
  byService: 'by itself',
  withheld: 'changed; the value is not shown',
  made: (count: number) => (count === 1 ? 'made' : `${count} made`),
  changed: (count: number) => (count === 1 ? '1 field changed' : `${count} fields changed`),
  columns: { when: 'When', who: 'Who', what: 'What', why: 'Why', changes: 'What changed' },
  services: { partnership: 'Partnerships', staffing: 'Demand and assignments', finance: 'Money', events: 'Events' },
};

export default en;
