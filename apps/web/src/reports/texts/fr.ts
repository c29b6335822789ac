import type { ReportTexts } from './de';

const fr: ReportTexts = {
  expert: 'Expert·e',
  nameOf: (expert, town) => `${expert} à ${town}`,
  list: {
    title: 'Rapports',
    status: 'État',
    report: 'Rapport',
    assignment: 'Mission',
    dueOn: 'À remettre le',
    empty: 'Aucun rapport ne correspond. Les rapports et leurs dates naissent avec le départ.',
  },
  sections: {
    MILESTONES: { title: 'Étapes', hint: 'Qu’était-il convenu jusqu’ici, et qu’est-ce qui est atteint ?' },
    INDICATORS: { title: 'Résultats mesurables', hint: 'Des chiffres qui le montrent : avant et maintenant' },
    PARTNERSHIP_EFFECTS: {
      title: 'Effets sur le partenariat',
      hint: 'Qu’est-ce qui a changé entre les deux communes ?',
    },
    GENDER: {
      title: 'Égalité des genres',
      hint: 'Qu’est-ce qui a changé pour les femmes et les hommes, les filles et les garçons ?',
    },
    OBSTACLES: { title: 'Obstacles', hint: 'Qu’est-ce qui a freiné, et qu’est-ce qui aide ?' },
    BANKABLE_PROJECTS: { title: 'Projets pour bailleurs', hint: 'Qu’est-ce qui serait mûr pour un financement ?' },
    NEXT_STEPS: { title: 'Prochaines étapes', hint: 'Jusqu’au prochain rapport' },
    RESOURCES_USED: { title: 'Moyens employés', hint: 'À quoi ont servi l’argent et le matériel ?' },
  },
  page: {
    content: 'Contenu',
    empty: 'Rien n’est encore remis.',
    facts: 'Données principales',
    submitted: 'Remis',
    accepted: 'Accepté le',
    cancelled: 'Supprimé après',
    returned: 'Renvoyé pour révision',
    attachments: 'Pièces jointes',
    comments: 'Ce que disent les communes',
    noComments: 'Pas encore de commentaire.',
    sides: { DE: 'côté allemand', PARTNER: 'côté partenaire' },
  },
  cancellations: {
    EXTENSION: 'une prolongation',
    INTERRUPTION: 'une interruption',
    RESUMPTION: 'une reprise',
    EARLY_END: 'une fin anticipée',
    CORRECTION: 'une correction',
  },
  write: {
    title: 'Écrire le rapport',
    intro: 'Écrivez pour chaque partie ce qu’il y a à dire. Ce qui ne s’applique pas reste vide.',
    nothing: 'Veuillez écrire quelque chose dans au moins une partie.',
    attachments: 'Pièces jointes',
    attachmentsHint:
      'Les fichiers restent chez vous ; leur somme de contrôle est conservée. Envoyez-les au service comme convenu.',
    kept: 'Votre saisie reste chiffrée dans ce navigateur jusqu’à la remise du rapport, même sans connexion.',
    submit: 'Remettre le rapport',
    done: 'Le rapport est remis. Les communes le commentent ensuite.',
  },
  acts: {
    write: 'Écrire le rapport',
    comment: { label: 'Commenter', done: 'Votre commentaire est enregistré.' },
    text: 'Commentaire de votre commune',
    accept: {
      label: 'Accepter',
      done: 'Le rapport est accepté.',
      ask: 'Il ne change plus ensuite. Les versements qui l’attendent deviennent payables.',
    },
    return: { label: 'Renvoyer', done: 'Le rapport est renvoyé.' },
    reason: 'Que manque-t-il ou que faut-il changer ?',
    reasonHint: 'L’expert·e le lit',
  },
};

export default fr;
