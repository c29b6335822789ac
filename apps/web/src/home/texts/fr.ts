import type { HomeTexts } from './de';

const fr: HomeTexts = {
  title: 'Mes tâches',
  waits: 'Ce qui vous attend',
  nothing: 'Rien ne vous attend pour le moment.',
  more: (count) => `${count}+`,
  expert: {
    title: 'Ma mission',
    none: 'Vous n’avez pas encore de mission. Dès qu’une mission est prévue, vous la voyez ici.',
    record: 'Voir mes données',
  },
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
    payoutsFactual: 'Échus : à contrôler sur le fond',
    payoutsArithmetical: 'À contrôler par le calcul',
    payoutsToOrder: 'Paiements à ordonnancer',
    payoutsOrdered: 'Ordonnancés : à grouper',
    runsToSend: 'Ordres groupés à remettre à la banque',
    payoutsReturned: 'Revenus ou refusés : à décider',
    hits: 'Correspondances de noms à décider',
    accountChanges: 'Changements de compte à confirmer',
    bankEntries: 'Écritures bancaires non rapprochées',
    dismissals: 'Écritures à écarter : votre décision',
    offersToAnswer: 'Places proposées : à accepter ou à refuser',
    draftEvents: 'Événements à l’état de projet',
    eventsToSettle: 'Événements à clôturer',
  },
};

export default fr;
