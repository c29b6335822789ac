import type { VerificationTexts } from './de';

const en: VerificationTexts = {
  title: 'Check of the books',
  lead: 'Walks every entry from the first one, computes its chain anew, and compares balances, payouts, commitments and bank entries with the journal.',
  start: 'Begin the check',
  again: 'Check once more',
  quick: 'Recompute the chain only from the last signed state on',
  quickHint: 'Faster; the signature vouches for what is before it. Amounts are all compared in any case.',
  running: (checked, total) => `${checked} of ${total} entries of the chain are checked.`,
  stages: {
    CHAIN: 'The chain is recomputed.',
    UNSEALED: 'Now entries outside the chain are looked for.',
    AMOUNTS: 'Now balances, payouts, commitments and bank entries are compared.',
  },
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
    'link-broken': 'A link of the chain does not fit the one before',
    'entry-unsealed': 'An entry is not in the chain',
    'checkpoint-differs': 'The chain is not the one that was signed',
  },
};

export default en;
