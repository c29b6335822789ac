import type { HomeTexts } from './de';

const en: HomeTexts = {
  title: 'My tasks',
  waits: 'What waits for you',
  nothing: 'Nothing waits for you at the moment.',
  more: (count) => `${count}+`,
  items: {
    proposedPartnerships: 'Partnerships that are not active yet',
    activePartnerships: 'Active partnerships',
  },
};

export default en;
