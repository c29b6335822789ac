import type { PublishingTexts } from './de';

const en: PublishingTexts = {
  list: {
    title: 'Publications',
    results: 'Results',
    lead: 'Every change appears by itself within a minute. An edition with errors is held back, and the one before it stays.',
    pages: 'Look at the public pages',
    empty: 'No edition yet.',
    edition: 'Edition',
    number: (version) => `Edition ${version}`,
    madeAt: 'Made',
    state: 'State',
    errors: 'Errors',
    warnings: 'Warnings',
    advisories: 'Advice',
  },
  states: { published: 'Published', heldBack: 'Held back' },
  publish: {
    label: 'Publish now',
    ask: 'What is known now is checked and, if it has no error, can be read by everybody.',
    done: 'The edition is made.',
  },
  report: {
    heldBack: 'This edition has errors and is not given out.',
    content: 'Content',
    what: 'What',
    told: 'Published',
    kept: 'Not shown',
    partnerships: 'Partnerships',
    assignments: 'Assignments',
    results: 'Results',
    amounts: 'Amounts',
    findings: 'What the checks found',
    none: 'Nothing. Schema, code lists and rules are kept.',
    counts: (errors, warnings, advisories) =>
      `Errors: ${errors}, warnings: ${warnings}, advice: ${advisories}. Lines are those of iati-activities.xml.`,
    severity: 'Severity',
    line: 'Line',
    check: 'Check',
    message: 'Message',
    omitted: (count) => `${count} more findings are not kept; the worst ones stand here.`,
    files: 'Files',
    kilobytes: (count) => `${count} kB`,
  },
  severities: { ERROR: 'Error', WARNING: 'Warning', ADVISORY: 'Advice' },
  kinds: {
    SCHEMA: 'Schema',
    CODE_LIST: 'Code list',
    RULESET: 'Rule',
    IDENTIFIER: 'Identifier',
    ADVICE: 'Advice',
  },
};

export default en;
