import type { RateTexts } from './de';

const en: RateTexts = {
  title: 'Rates and interest',
  lead: 'Rates are never changed. A correction is a new row; what was computed before keeps the old one.',
  exchange: 'Exchange rates',
  currency: 'Currency',
  currencyHint: 'Three letters, such as GHS',
  empty: 'No rate is recorded for this currency yet.',
  columns: { currency: 'Currency', on: 'Day', rate: 'Units for 1 EUR', source: 'Source', correct: 'Correct' },
  record: { label: 'Record a rate', done: 'The rate is recorded.' },
  correct: {
    label: 'Correct',
    done: 'The correction is recorded.',
    ask: 'The new rate replaces the present one from now on.',
  },
  correctOf: (what) => `Correct: ${what}`,
  corrected: 'Corrected',
  corrects: 'Corrects an earlier rate',
  waiting: {
    title: 'Waits for a second person',
    lead: 'These rates differ much from the rate before them. Another person compares them with the source; until then nothing is computed with them.',
    told: 'The rate differs much from the one before it. It is in force once another person confirms it.',
    former: 'Rate before',
    difference: 'Difference',
    by: 'Recorded by',
    decide: 'Decide',
    reason: 'Reason',
    confirm: { label: 'Confirm', done: 'The rate is in force.' },
    reject: { label: 'Reject', done: 'The rate is rejected.' },
  },
  outdated: {
    title: 'Rates that are too old',
    lead: (days: number) =>
      `The latest rate of these currencies is older than ${days} days. It is not converted with any more: record a newer one.`,
    since: 'Too old since',
    commitments: 'Commitments in force',
  },
  refixings: {
    title: 'Top-ups to fix anew',
    lead: (percent) =>
      `The rate has moved by more than ${percent} % from the one that these amounts were fixed by. They are fixed anew on the page of the commitment.`,
    empty: (percent) => `No rate has moved by more than ${percent} % from the top-ups as they are fixed.`,
    what: 'Assignment',
    nameOf: (expert, town) => `${expert} in ${town}`,
    expert: 'Expert',
    period: 'Period',
    fixed: 'Fixed by',
    latest: 'Latest rate',
  },
  rateOn: 'Rate of',
  rate: 'Units for 1 EUR',
  rateHint: 'With a point and all decimals of the source, such as 655.957',
  source: 'Source',
  import: {
    label: 'Read in the rates of a day',
    lead: 'All rates of one source and day at once, all or none.',
    lines: 'Rates',
    linesHint: 'One currency a line: GHS 12.34',
    submit: 'Read in the rates',
    done: (recorded, unchanged, waiting) =>
      `${recorded} rates recorded, ${unchanged} were there already.${waiting > 0 ? ` ${waiting} wait for a second person.` : ''}`,
  },
  base: {
    title: 'Base rate',
    lead: 'The Bundesbank sets it on 1 January and 1 July (BGB 247).',
    from: 'Holds from',
    fromHint: '1 January or 1 July',
    percent: 'Percent a year',
    percentHint: 'With a point, such as 1.27',
    mark: 'Evidence',
    marks: { FOUND: 'Read in its source', GENERAL_KNOWLEDGE: 'Came with the product, please compare' },
    record: { label: 'Record a base rate', done: 'The base rate is recorded.' },
    corrects: 'Replaces the recorded rate',
    empty: 'No base rate is recorded yet.',
  },
};

export default en;
