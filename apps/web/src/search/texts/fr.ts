import type { SearchTexts } from './de';

const fr: SearchTexts = {
  title: 'Recherche',
  titleOf: (q: string) => `Recherche de « ${q} »`,
  nothingAsked: 'Saisissez ci-dessus un numéro tel que FA-2026-0147 ou un nom.',
  tooShort: 'Veuillez saisir au moins deux caractères.',
  away: 'Ce que ces domaines savent manque ici ; ils ne répondent pas en ce moment :',
  found: (count: number) =>
    count === 0
      ? 'Aucun résultat. Un numéro mène à lui seul à son dossier ; sinon, essayez un mot du nom.'
      : count === 1
        ? '1 résultat'
        : `${count} résultats`,
  kind: 'Quoi',
  name: 'Nom',
  state: 'État',
  kinds: {
    partnership: 'Partenariat',
    municipality: 'Collectivité',
    project: 'Projet',
    expertRequest: 'Manifestation d’intérêt',
    expert: 'Expert',
    assignment: 'Mission',
    payout: 'Paiement',
    paymentRun: 'Lot de paiements',
    claim: 'Demande de remboursement',
    event: 'Événement',
    registration: 'Inscription',
  },
  services: {
    partnership: 'Partenariats',
    staffing: 'Besoins et missions',
    finance: 'Argent',
    events: 'Événements',
  },
};

export default fr;
