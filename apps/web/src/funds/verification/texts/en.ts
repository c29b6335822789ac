import type { VerificationTexts } from './de';

const en: VerificationTexts = {
  title: 'Check of the books',
  lead: 'Walks every entry from the first one, computes its chain anew, and compares balances, payouts, commitments and bank entries with the journal.',
  start: 'Begin the check',
  again: 'Check once more',
  running: (checked) => `Checking: ${checked} entries until now.`,
  intact: 'The books are unchanged',
  intactText: (checked, at) => `${checked} entries checked, ${at}. None was changed and none is missing.`,
  broken: 'The books are not right',
  brokenText: (seq) => `The first entry that does not fit is number ${seq}. Please call the auditors.`,
  findings: 'What differs from the journal',
  finding: 'Difference',
  head: 'End of the chain',
  headHint: 'Keep number and fingerprint elsewhere. They prove later that nothing was rewritten up to here.',
  seq: 'Number of the last entry',
  hash: 'Fingerprint',
  checkpoint: 'Compare with a state that was kept',
  faults: {
    'entry-changed': 'An entry was changed',
    'entry-missing': 'An entry is missing',
    'seal-missing': 'A seal is missing',
  },
};

export default en;
