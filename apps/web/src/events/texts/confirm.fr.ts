import type { ConfirmTexts } from './confirm.de';

const fr: ConfirmTexts = {
  title: 'Confirmer l’inscription',
  lead: 'Vous avez ouvert cette page depuis un message. Confirmez que l’adresse est la vôtre et que vous souhaitez participer.',
  confirm: 'Confirmer l’inscription',
  notYou: 'Si vous ne connaissez pas l’événement, fermez simplement cette page.',
  doneTitle: 'Inscription confirmée',
  seat: {
    CONFIRMED: 'Votre place est réservée.',
    WAITLISTED:
      'Vous êtes sur la liste d’attente. La personne qui vous a inscrit sera informée dès qu’une place se libère.',
    OFFERED: 'Une place est libre pour vous. La personne qui vous a inscrit peut l’accepter maintenant.',
    OFFER_EXPIRED: 'Une place proposée n’a pas été acceptée à temps.',
    CANCELLED: 'L’inscription a été annulée.',
    ATTENDED: 'Votre participation est enregistrée.',
    NO_SHOW: 'Il est noté que personne n’est venu.',
  },
  invalidTitle: 'Ce lien n’est plus valable',
  invalid: 'Il a déjà servi, a expiré ou est incomplet.',
  invalidHelp:
    'Si vous avez déjà confirmé, tout va bien. Sinon, la personne qui vous a inscrit peut faire envoyer un nouveau message.',
  tryAgain: 'Veuillez réessayer dans une minute.',
};

export default fr;
