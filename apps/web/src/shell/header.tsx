import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { Link, NavLink, useLocation } from 'react-router';
import type { Session } from '../api/session';
import { signInAddress, signOut } from '../api/session';
import { common } from '../i18n/common';
import { UI_LANGUAGES, type UiLanguage, useLanguage } from '../i18n/language';
import { changeLanguage, useTexts } from '../i18n/texts';
import { Icon } from '../ui/icon';
import { areasOf } from './navigation';
import { SearchBox } from './search-box';
import { chooseTheme, currentTheme } from './theme';

/** On a narrow screen a button opens what does not have to stand above every page. */
export function Header({ session }: { readonly session: Session | null }) {
  const t = useTexts(common);
  const id = useId();
  const { key } = useLocation();
  const button = useRef<HTMLButtonElement>(null);
  // Open for the page on which it was opened: whoever followed a link of it wants to see the next page.
  const [openedAt, setOpenedAt] = useState<string | null>(null);
  const isOpen = openedAt === key;
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !isOpen) return;
    setOpenedAt(null);
    button.current?.focus();
  };
  return (
    <header className="header" data-open={isOpen} onKeyDown={closeOnEscape}>
      <div className="header__bar">
        <Link to="/" className="brand">
          <img src="/favicon.svg" alt="" width="32" height="32" />
          <span>
            <strong>{t.product}</strong>
            <span className="brand__claim">{t.claim}</span>
          </span>
        </Link>
        <button
          ref={button}
          type="button"
          className="kern-btn kern-btn--tertiary tool header__menu"
          aria-expanded={isOpen}
          aria-controls={`${id}-tools ${id}-areas`}
          onClick={() => setOpenedAt(isOpen ? null : key)}
        >
          <Icon name={isOpen ? 'close' : 'dehaze'} />
          <span className="kern-label">{t.shell.menu}</span>
        </button>
        {session && <SearchBox />}
        <div className="header__tools" id={`${id}-tools`}>
          <LanguageChoice />
          <ThemeSwitch />
          {session ? <Person session={session} /> : <SignIn />}
        </div>
      </div>
      <div id={`${id}-areas`}>{session && <Navigation session={session} />}</div>
    </header>
  );
}

function Navigation({ session }: { readonly session: Session }) {
  const t = useTexts(common);
  return (
    <nav className="navigation" aria-label={t.shell.mainNavigation}>
      <ul>
        <li>
          <NavLink to="/" end>
            {t.nav.home}
          </NavLink>
        </li>
        {areasOf(session.roles).map(({ to, name }) => (
          <li key={to}>
            <NavLink to={to}>{t.nav[name]}</NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const LANGUAGE_NAMES: Readonly<Record<UiLanguage, string>> = {
  de: 'Deutsch',
  en: 'English',
  fr: 'Français',
  es: 'Español',
};

function LanguageChoice() {
  const t = useTexts(common);
  const language = useLanguage();
  return (
    <label className="language">
      <Icon name="language" />
      <span className="kern-sr-only">{t.shell.language}</span>
      <select value={language} onChange={(event) => void changeLanguage(event.target.value as UiLanguage)}>
        {UI_LANGUAGES.map((each) => (
          <option key={each} value={each} lang={each}>
            {LANGUAGE_NAMES[each]}
          </option>
        ))}
      </select>
    </label>
  );
}

function ThemeSwitch() {
  const t = useTexts(common);
  const [theme, setTheme] = useState(currentTheme);
  const other = theme === 'light' ? 'dark' : 'light';
  const change = () => {
    chooseTheme(other);
    setTheme(other);
  };
  return (
    <button type="button" className="kern-btn kern-btn--tertiary tool" onClick={change}>
      <Icon name={other === 'dark' ? 'dark-mode' : 'light-mode'} />
      <span className="kern-label kern-sr-only">{t.shell[other]}</span>
    </button>
  );
}

function SignIn() {
  const t = useTexts(common);
  const { pathname, search } = useLocation();
  return (
    <a className="kern-btn kern-btn--secondary tool" href={signInAddress(pathname + search)}>
      <span className="kern-label">{t.shell.signIn}</span>
    </a>
  );
}

function Person({ session }: { readonly session: Session }) {
  const t = useTexts(common);
  return (
    <>
      <span className="person">
        <span className="kern-sr-only">{t.shell.signedInAs} </span>
        <strong>{session.name ?? session.subject}</strong>
        <span>{session.roles.map((role) => t.roles[role]).join(', ')}</span>
      </span>
      <button type="button" className="kern-btn kern-btn--tertiary tool" onClick={() => void signOut()}>
        <Icon name="logout" />
        <span className="kern-label">{t.shell.signOut}</span>
      </button>
    </>
  );
}
