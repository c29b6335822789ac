import type { MailLanguage } from '#contracts/events';

interface About {
  readonly language: MailLanguage;
  readonly title: string;
  readonly startsAt: Date;
  readonly timeZone: string;
}

interface Words {
  readonly subject: string;
  readonly text: string;
}

type Asking = About & { readonly link: string; readonly expiresAt: Date };

const ASKING: Record<MailLanguage, (it: Record<'event' | 'link' | 'until', string>) => Words> = {
  de: ({ event, link, until }) => ({
    subject: 'Bitte bestätigen Sie Ihre Anmeldung',
    text: `Guten Tag,

jemand hat Sie mit dieser Adresse angemeldet:

  ${event}

Öffnen Sie bitte den Link und bestätigen Sie dort, dass die Adresse Ihnen gehört:

  ${link}

Der Link gilt bis ${until} und nur einmal. Wollen Sie nicht teilnehmen oder kennen Sie die Veranstaltung nicht, brauchen Sie nichts zu tun.

Diese Nachricht wurde automatisch versandt.
`,
  }),
  en: ({ event, link, until }) => ({
    subject: 'Please confirm your registration',
    text: `Hello,

somebody has registered you with this address:

  ${event}

Please open the link and confirm there that the address is yours:

  ${link}

The link works until ${until}, and only once. If you do not want to take part or do not know the event, you need not do anything.

This message was sent automatically.
`,
  }),
  fr: ({ event, link, until }) => ({
    subject: 'Merci de confirmer votre inscription',
    text: `Bonjour,

quelqu'un vous a inscrit(e) avec cette adresse :

  ${event}

Veuillez ouvrir le lien et y confirmer que cette adresse est la vôtre :

  ${link}

Le lien est valable jusqu'au ${until}, une seule fois. Si vous ne souhaitez pas participer ou ne connaissez pas cet événement, vous n'avez rien à faire.

Ce message a été envoyé automatiquement.
`,
  }),
  es: ({ event, link, until }) => ({
    subject: 'Confirme su inscripción, por favor',
    text: `Buenos días:

Alguien le ha inscrito con esta dirección:

  ${event}

Abra el enlace y confirme allí que la dirección es suya:

  ${link}

El enlace es válido hasta el ${until} y solo una vez. Si no desea participar o no conoce el evento, no tiene que hacer nada.

Este mensaje se ha enviado automáticamente.
`,
  }),
};

const TAKEN: Record<MailLanguage, (event: string) => Words> = {
  de: (event) => ({
    subject: 'Ihre Adresse stand in einer zweiten Anmeldung',
    text: `Guten Tag,

Ihre Adresse ist bestätigt für:

  ${event}

Auch eine andere Anmeldung zu dieser Veranstaltung nennt Ihre Adresse. Sie gilt nicht für Sie; wer sie abgegeben hat, erfährt, dass dort jemand anderes zu nennen ist. Sie brauchen nichts zu tun.

Diese Nachricht wurde automatisch versandt.
`,
  }),
  en: (event) => ({
    subject: 'Your address stood in a second registration',
    text: `Hello,

your address is confirmed for:

  ${event}

Another registration for this event names your address as well. It does not hold for you; whoever made it is told to name somebody else. You need not do anything.

This message was sent automatically.
`,
  }),
  fr: (event) => ({
    subject: 'Votre adresse figurait dans une deuxième inscription',
    text: `Bonjour,

votre adresse est confirmée pour :

  ${event}

Une autre inscription à cet événement indique aussi votre adresse. Elle ne vaut pas pour vous ; son auteur est invité à nommer une autre personne. Vous n'avez rien à faire.

Ce message a été envoyé automatiquement.
`,
  }),
  es: (event) => ({
    subject: 'Su dirección figuraba en una segunda inscripción',
    text: `Buenos días:

Su dirección está confirmada para:

  ${event}

Otra inscripción a este evento indica también su dirección. No vale para usted; quien la hizo recibe el aviso de que debe nombrar a otra persona. No tiene que hacer nada.

Este mensaje se ha enviado automáticamente.
`,
  }),
};

/**
 * Asks whether an address is somebody's. Nothing of it is written by whoever registered, neither a name nor a reason: it goes to people who
 * may never have heard of them.
 */
export function confirmationLetter({ link, expiresAt, ...about }: Asking): Words {
  return ASKING[about.language]({ event: eventLine(about), link, until: dayOf(expiresAt, about) });
}

/** Tells the owner of an address that another registration had named it. */
export function takenLetter(about: About): Words {
  return TAKEN[about.language](eventLine(about));
}

function eventLine(about: About): string {
  return `${about.title}, ${dayOf(about.startsAt, about)}`;
}

function dayOf(instant: Date, { language, timeZone }: Pick<About, 'language' | 'timeZone'>): string {
  const how = { day: 'numeric', month: 'long', year: 'numeric', timeZone } as const;
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, how).format(instant);
}
