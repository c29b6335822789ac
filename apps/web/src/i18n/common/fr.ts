import words from '../words/fr';
import type { CommonTexts } from './de';

const fr: CommonTexts = {
  product: 'Fonds d’experts',
  claim: 'pour les partenariats communaux dans le monde',
  close: 'Fermer',
  cancel: 'Annuler',
  loading: 'Chargement …',
  yes: 'Oui',
  no: 'Non',
  none: 'non indiqué',
  shell: {
    skip: 'Aller au contenu',
    breadcrumb: 'Vous êtes ici',
    mainNavigation: 'Navigation principale',
    menu: 'Menu',
    signIn: 'Se connecter',
    signInFirst: 'Veuillez vous connecter',
    signInHelp: 'Cette page est réservée aux personnes connectées. Vous y reviendrez après la connexion.',
    signOut: 'Se déconnecter',
    signedInAs: 'Connecté comme',
    language: 'Langue',
    dark: 'Affichage sombre',
    light: 'Affichage clair',
    footer: 'À propos de ces pages',
  },
  nav: {
    home: 'Mes tâches',
    partnerships: 'Partenariats',
    demand: 'Demandes',
    assignments: 'Missions',
    money: 'Argent',
    events: 'Rencontres',
    accessibility: 'Accessibilité',
    imprint: 'Mentions légales',
    privacy: 'Protection des données',
    plain: 'Langage simple',
  },
  roles: {
    'programme-officer': 'Programme',
    adviser: 'Conseil',
    'municipality-de': 'Commune allemande',
    'municipality-partner': 'Commune partenaire',
    expert: 'Expert',
    recruiter: 'Recrutement',
    'finance-officer': 'Contrôle financier',
    'payment-orderer': 'Ordonnancement',
    cashier: 'Caisse',
    'budget-officer': 'Budget',
    auditor: 'Audit',
    'data-protection-officer': 'Protection des données',
    'payout-consumer': 'Système financier',
  },
  period: {
    since: (from) => `depuis le ${from}`,
    between: (from, last) => `du ${from} au ${last}`,
  },
  errors: {
    away: 'Ce service ne répond pas en ce moment',
    awayHelp: 'La page réessaie d’elle-même toutes les quelques secondes. Les autres rubriques restent utilisables.',
    notSent: 'Vos saisies sont toujours là. Renvoyez-les dans un instant ; cela ne se fera qu’une seule fois.',
    signedOut: 'Votre connexion a expiré',
    notFound: 'Cela n’existe pas ici',
    notFoundHelp: 'L’adresse est fausse, ou le dossier n’est pas un des vôtres.',
    forbidden: 'Votre rôle ne permet pas de voir ceci',
    failed: 'Cela n’a pas fonctionné',
    failedHelp: 'Veuillez réessayer. En cas de nouvel échec, contactez le service.',
    trace: (id) => `Référence pour le service : ${id}`,
    broken: 'Cette page ne peut pas être affichée',
    reload: 'Recharger la page',
    toStart: 'Vers l’accueil',
  },
  form: {
    dayHint: 'JJ/MM/AAAA',
    optional: '(facultatif)',
    choose: 'Veuillez choisir',
    faults: (count) =>
      count === 0
        ? 'Cela n’a pas été accepté'
        : count === 1
          ? 'Une indication manque ou est fausse'
          : `${count} indications manquent ou sont fausses`,
    remove: (name) => `Retirer ${name}`,
    notSaved: 'Non enregistré',
    faulty: 'Pas encore enregistré : vérifiez ce qui est marqué.',
    saving: 'Enregistrement …',
    saved: (time) => `Brouillon enregistré, ${time}`,
  },
  issues: {
    required: 'Veuillez remplir.',
    choose: 'Veuillez choisir une des possibilités.',
    check: 'Veuillez vérifier : cela ne peut pas être juste.',
    number: 'Veuillez saisir un nombre entier.',
    day: 'Veuillez saisir un jour.',
    afterFrom: 'La fin doit être après le début.',
    aboveZero: 'Le montant doit être supérieur à zéro.',
    tooFew: (minimum) => `Veuillez en indiquer au moins ${minimum}.`,
    tooMany: (maximum) => `${maximum} au plus.`,
    tooSmall: (minimum) => `Au moins ${minimum}.`,
    tooBig: (maximum) => `Au plus ${maximum}.`,
    tooLong: (maximum) => `Au plus ${maximum} caractères.`,
  },
  acts: {
    notNow: (count) =>
      count === 1
        ? 'Une autre étape n’est pas possible maintenant'
        : `${count} autres étapes ne sont pas possibles maintenant`,
  },
  fields: {
    title: 'Champs d’action et leurs parts',
    field: 'Champ d’action',
    percent: 'Part en pour cent',
    add: 'Ajouter un champ d’action',
    sum: (sum) => `Ensemble ${sum} sur 100 pour cent`,
  },
  override: {
    reason: 'Motif, si une règle n’est pas remplie',
    reference: 'Document ou décision à l’appui',
  },
  conflict: {
    both: 'Vous et une autre personne avez modifié la même chose',
    mine: 'Votre version',
    theirs: 'Autre version',
    decide: 'Laquelle doit valoir ?',
    keep: 'Garder la mienne',
    take: 'Prendre l’autre',
    title: 'Modifié entre-temps',
    elsewhere:
      'Quelqu’un d’autre a modifié ce dossier entre-temps. Ce que vous voyez ici est inchangé ; vous pouvez renvoyer.',
    what: 'Indication',
    before: 'Vous avez vu',
    now: 'Maintenant',
  },
  combobox: {
    none: 'Rien trouvé',
    found: (count) => (count === 1 ? '1 résultat' : `${count} résultats`),
  },
  list: {
    filter: 'Restreindre la liste',
    all: 'Tous',
    pages: 'Pages de la liste',
    next: 'Page suivante',
    previous: 'Page précédente',
  },
  words,
};

export default fr;
