import type { SearchTexts } from './de';

const en: SearchTexts = {
  title: 'Search',
  titleOf: (q: string) => `Search for “${q}”`,
  nothingAsked: 'Enter a number such as FA-2026-0147 or a name above.',
  tooShort: 'Please enter at least two characters.',
  away: 'What these areas know is missing here; they do not answer at the moment:',
  found: (count: number) =>
    count === 0
      ? 'Nothing found. A number finds its case by itself; else try one word of the name.'
      : count === 1
        ? '1 match'
        : `${count} matches`,
  kind: 'What',
  name: 'Name',
  state: 'State',
  kinds: {
    partnership: 'Partnership',
    municipality: 'Municipality',
    project: 'Project',
    expertRequest: 'Expert request',
    expert: 'Expert',
    assignment: 'Assignment',
    payout: 'Payment',
    paymentRun: 'Payment run',
    claim: 'Repayment claim',
    event: 'Event',
    registration: 'Registration',
  },
  services: {
    partnership: 'Partnerships',
    staffing: 'Demand and assignments',
    finance: 'Money',
    events: 'Events',
  },
};

export default en;
