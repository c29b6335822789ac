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
    done: (recorded, unchanged) => `${recorded} rates recorded, ${unchanged} were there already.`,
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
