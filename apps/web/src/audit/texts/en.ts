import acts from './acts.en';
import fields from './fields.en';
import type { AuditTexts } from './de';

const en: AuditTexts = {
  title: 'Audit trail',
  titleOfObject: 'Audit trail of a case',
  lead: 'Who did what, when, and why. Entries never change; each is chained to the one before by a checksum.',
  actor: 'Identifier of the person',
  from: 'From',
  to: 'until',
  notFound: (number) => `There is no case ${number}.`,
  titleOfNumber: (number) => `Audit trail of ${number}`,
  otherObject: 'its audit trail',
  act: 'Act',
  all: 'Audit trail of all cases',
  away: 'Entries of these areas are missing here; they do not answer at the moment:',
  empty: 'There is no entry for this.',
  byMessage: 'brought about by a message',
  byService: 'by itself',
  consequence: 'Consequence of another case',
  acts,
  withheld: 'changed; the value is not shown',
  made: (count: number) => (count === 1 ? 'made' : `${count} made`),
  changed: (count: number) => (count === 1 ? '1 field changed' : `${count} fields changed`),
  columns: { when: 'When', who: 'Who', what: 'What', why: 'Why', changes: 'What changed' },
  ...fields,
  chain: {
    title: 'State of the chain',
    lead: 'Once a day each part of the trail is computed anew as a whole, and its state leaves the platform with a signature.',
    part: 'Part',
    state: 'Outcome',
    verified: 'Last verified',
    records: 'Entries',
    checkpoint: 'Last signed state',
    whole: 'Unchanged',
    faulty: 'Does not agree',
    notYet: 'Not verified yet',
    never: 'never',
    noCheckpoint: 'none yet',
    number: (count) => `No. ${count} of`,
    places: (count) => (count === 1 ? 'lies at 1 place outside' : `lies at ${count} places outside`),
    noPlace: 'lies nowhere outside yet',
    away: (names) => `Not known, as they do not answer at the moment: ${names}.`,
  },
  services: { partnership: 'Partnerships', staffing: 'Demand and assignments', finance: 'Money', events: 'Events' },
};

export default en;
