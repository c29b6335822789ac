import { useContext } from 'react';
import { Outlet, useLocation } from 'react-router';
import { signInAddress } from '../api/session';
import { SessionContext } from '../api/use-session';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Page } from '../ui/page';

/** Pages for whoever is signed in; anybody else is asked to sign in and comes back to the same address. */
export function SignedIn() {
  const t = useTexts(common);
  const session = useContext(SessionContext);
  const { pathname, search } = useLocation();
  if (session) return <Outlet />;
  return (
    <Page title={t.shell.signInFirst}>
      <p className="kern-body">{t.shell.signInHelp}</p>
      <a className="kern-btn kern-btn--primary" href={signInAddress(pathname + search)}>
        <span className="kern-label">{t.shell.signIn}</span>
      </a>
    </Page>
  );
}
