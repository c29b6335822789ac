import type { Role } from '#contracts';
import { BOUND_ROLES, DEMO_USERS, type DemoUser } from './demo-users';
import { type Language, page } from './page';

type Texts = Readonly<Record<Language, string>>;

/** Everybody who sits before a browser, in the order of the fund's work; the ERP does not. */
const ROLE_NAMES: readonly (readonly [role: Role, name: Texts])[] = [
  ['programme-officer', { de: 'Programmsteuerung', en: 'Programme officer' }],
  ['adviser', { de: 'Beratung', en: 'Adviser' }],
  ['recruiter', { de: 'Personalgewinnung', en: 'Recruiter' }],
  ['municipality-de', { de: 'Deutsche Kommune', en: 'Municipality in Germany' }],
  ['municipality-partner', { de: 'Partnerkommune', en: 'Partner municipality' }],
  ['expert', { de: 'Fachkraft', en: 'Expert' }],
  ['budget-officer', { de: 'Haushalt', en: 'Budget officer' }],
  ['finance-officer', { de: 'Finanzprüfung', en: 'Finance officer' }],
  ['payment-orderer', { de: 'Anordnung', en: 'Payment orderer' }],
  ['cashier', { de: 'Kasse', en: 'Cashier' }],
  ['auditor', { de: 'Revision', en: 'Auditor' }],
  ['data-protection-officer', { de: 'Datenschutz', en: 'Data protection officer' }],
  ['operator', { de: 'Betrieb', en: 'Operator' }],
];

const TEXTS = {
  title: { de: 'Als wer möchten Sie sich anmelden?', en: 'Who do you want to be?' },
  about: {
    de: 'Dies ist die Vorführung: Die Personen sind erfunden und brauchen kein Kennwort.',
    en: 'This is the demo: the people are invented and need no password.',
  },
  other: { de: 'Eine andere Kommune oder Fachkraft', en: 'Another municipality or expert' },
  id: { de: 'Kennung (UUID) in der Plattform', en: 'Its id (UUID) on the platform' },
  as: { de: 'Anmelden als', en: 'Sign in as' },
} satisfies Record<string, Texts>;

/** The page on which a visitor picks who to be, by role and with one click. `action` is a path of ours. */
export function loginPage(action: string, language: Language): string {
  const text = (name: keyof typeof TEXTS): string => TEXTS[name][language];
  const roles = ROLE_NAMES.map(
    ([role, name]) => `<section><h2>${name[language]}</h2>${usersOf(role).map(userButton).join('')}</section>`,
  );
  const bound = ROLE_NAMES.filter(([role]) => (BOUND_ROLES as readonly Role[]).includes(role)).map(
    ([role, name]) => `<button name="role" value="${role}">${text('as')}: ${name[language]}</button>`,
  );
  return page(
    text('title'),
    language,
    `<p>${text('about')}</p>
<form method="post" action="${action}" class="roles">${roles.join('\n')}</form>
<form method="post" action="${action}"><h2>${text('other')}</h2>
<p><label>${text('id')} <input name="id" required pattern="[0-9a-f\\-]{36}" size="36" autocomplete="off"></label></p>
<p>${bound.join(' ')}</p></form>`,
  );
}

function usersOf(role: Role): DemoUser[] {
  // The first municipality user has a name of its own beside that of its role; one is enough to be seen.
  const users = DEMO_USERS.filter(({ roles }) => roles.includes(role));
  return users.filter(({ name }, index) => users.findIndex((other) => other.name === name) === index);
}

function userButton({ username, name }: DemoUser): string {
  return `<button name="username" value="${username}">${name}</button>`;
}
