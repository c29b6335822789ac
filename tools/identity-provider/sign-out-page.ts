import { type Language, page } from './page';

const TEXTS = {
  title: { de: 'Abmelden', en: 'Sign out' },
  yes: { de: 'Ja, abmelden', en: 'Yes, sign out' },
  no: { de: 'Angemeldet bleiben', en: 'Stay signed in' },
} satisfies Record<string, Record<Language, string>>;

/** The provider asks before it signs out, as the standard wants it; with scripts the answer is given at once. `form` is the provider's. */
export function signOutPage(form: string, language: Language): string {
  return page(
    TEXTS.title[language],
    language,
    `${form}<p><button form="op.logoutForm" name="logout" value="yes" data-press>${TEXTS.yes[language]}</button>
<button form="op.logoutForm">${TEXTS.no[language]}</button></p>`,
  );
}
