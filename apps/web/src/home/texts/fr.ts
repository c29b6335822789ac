import type { HomeTexts } from './de';

const fr: HomeTexts = {
  title: 'Mes tâches',
  waits: 'Ce qui vous attend',
  nothing: 'Rien ne vous attend pour le moment.',
  more: (count) => `${count}+`,
  items: {
    proposedPartnerships: 'Partenariats pas encore actifs',
    activePartnerships: 'Partenariats actifs',
    draftRequests: 'Brouillons à écrire ou à signer',
    returnedRequests: 'Renvoyées : à corriger',
    submittedRequests: 'Déposées : à contrôler formellement',
    requestsToAssess: 'À évaluer',
    requestsToDecide: 'Recommandées : à décider',
    assignmentsToDecide: 'Missions à décider',
    assignmentsWithoutCover: 'Missions sans couverture',
  },
};

export default fr;
