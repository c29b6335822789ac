import type { HomeTexts } from './de';

const fr: HomeTexts = {
  title: 'Mes tâches',
  waits: 'Ce qui vous attend',
  nothing: 'Rien ne vous attend pour le moment.',
  more: (count) => `${count}+`,
  items: {
    proposedPartnerships: 'Partenariats pas encore actifs',
    activePartnerships: 'Partenariats actifs',
  },
};

export default fr;
