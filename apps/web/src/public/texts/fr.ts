import type { PublicTexts } from './de';

const fr: PublicTexts = {
  start: {
    title: 'Des experts pour les partenariats communaux',
    lead: 'Les villes, communes et districts qui ont un partenariat actif avec une commune allemande reçoivent l’appui d’un expert. Ensemble, les deux côtés mettent en œuvre l’Agenda 2030 sur place.',
    signIn: 'Se connecter',
    events: 'Voir les événements',
    numbers: 'Où le fonds agit',
    waysTitle: 'Trois voies vers un expert',
    ways: [
      {
        title: 'Expert intégré',
        text: 'La commune partenaire l’emploie au salaire local ; le fonds verse un complément.',
      },
      {
        title: 'Coopérant',
        text: 'Il travaille un à quatre ans dans la commune partenaire selon la loi allemande sur les coopérants.',
      },
      {
        title: 'Expert local',
        text: 'La commune partenaire emploie une personne de son propre pays ; le fonds la finance.',
      },
    ],
    stepsTitle: 'Comment cela se passe',
    steps: [
      {
        title: 'Demander ensemble',
        text: 'Les deux communes décrivent la situation, l’objectif et les tâches, et signent la même manifestation d’intérêt.',
      },
      {
        title: 'Évaluation et choix',
        text: 'Le service contrôle les indications. Deux personnes évaluent indépendamment.',
      },
      {
        title: 'Trouver l’expert',
        text: 'La commune partenaire décide qui vient. La mission n’est confirmée que lorsque l’argent de toute la durée est engagé.',
      },
      {
        title: 'Travailler et rendre compte',
        text: 'L’expert travaille sur place. Les paiements suivent le plan ; les rapports montrent ce qui a été atteint.',
      },
    ],
  },
  about: {
    accessibility: {
      title: 'Accessibilité',
      parts: [
        {
          title: 'État',
          text: 'Ces pages visent la BITV 2.0 et les WCAG 2.1 niveau AA. Chaque page est contrôlée par un programme à chaque modification et utilisée au clavier ; un essai par des personnes handicapées reste à faire.',
        },
        {
          title: 'Défauts connus',
          text: 'Les jours se saisissent avec le calendrier du navigateur ; sa langue suit le navigateur et non celle de ces pages.',
        },
        {
          title: 'Votre avis',
          text: 'Si vous rencontrez un obstacle, écrivez au service : quelle page, ce qui n’a pas marché et avec quoi vous travaillez. Il répond sous deux semaines.',
        },
        {
          title: 'Conciliation',
          text: 'Si cela n’aide pas, vous pouvez saisir l’organe de conciliation selon l’article 16 de la loi allemande BGG.',
        },
      ],
    },
    imprint: {
      title: 'Mentions légales',
      parts: [
        {
          title: 'Éditeur',
          text: 'L’éditeur est l’exploitant de cette installation. Nom, adresse et contact sont à inscrire par l’exploitant avant toute publication.',
        },
        {
          title: 'Logiciel',
          text: 'Le logiciel est sous licence EUPL-1.2. Design : système KERN (EUPL-1.2). Police : Fira Sans (SIL Open Font License 1.1).',
        },
        { title: 'Données', text: 'Registre des communes : © Statistisches Bundesamt (Destatis).' },
      ],
    },
    privacy: {
      title: 'Protection des données',
      parts: [
        {
          title: 'Sur ces pages',
          text: 'Pas de publicité, pas de mesure d’audience, rien d’autres serveurs. Après la connexion, un cookie tient votre session ; il est techniquement nécessaire et effacé à la déconnexion. Seul votre navigateur retient la langue et l’affichage.',
        },
        {
          title: 'Dans les dossiers',
          text: 'Sont traitées les indications nécessaires à la demande, à la mission et au paiement. Qui a fait quoi et quand est consigné afin d’être contrôlable.',
        },
        {
          title: 'Lors des événements',
          text: 'Toute personne inscrite à un événement reçoit un message et confirme que l’adresse est la sienne. Le message n’est pas conservé. Les noms et adresses sont supprimés six mois après l’événement, les besoins d’accessibilité dès sa fin.',
        },
        {
          title: 'Vos droits',
          text: 'Vous pouvez demander l’accès, la rectification et l’effacement auprès du délégué à la protection des données de l’exploitant.',
        },
      ],
    },
    plain: {
      title: 'Langage simple',
      parts: [
        {
          title: 'Qu’est-ce que le fonds d’experts ?',
          text: 'Beaucoup de villes d’Allemagne ont une ville partenaire dans un autre pays. Les partenaires s’entraident. Parfois il leur manque une personne qui sait très bien faire quelque chose. Cette personne s’appelle un expert.',
        },
        {
          title: 'Que fait le fonds ?',
          text: 'Le fonds aide à trouver un expert. Et le fonds donne de l’argent pour cela.',
        },
        {
          title: 'Que pouvez-vous faire ici ?',
          text: 'Vous vous connectez. Vous voyez alors ce que vous avez à faire. Par exemple écrire une demande ou remettre un rapport.',
        },
        { title: 'Besoin d’aide ?', text: 'Écrivez au service. Les personnes y aident volontiers.' },
      ],
    },
  },
};

export default fr;
