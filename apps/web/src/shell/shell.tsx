import { useQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { Outlet, ScrollRestoration, useNavigation } from 'react-router';
import { useLive } from '../api/live';
import { session } from '../api/session';
import { SessionContext } from '../api/use-session';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { OfflineBar } from './offline-bar';
import { Loaded, Skeleton } from '../ui/query-state';
import { Footer } from './footer';
import { Header } from './header';

/** What stands around every page: header, navigation, the page, footer. */
export function Shell() {
  const t = useTexts(common);
  const query = useQuery(session);
  useLive(Boolean(query.data));
  const { state } = useNavigation();
  return (
    <SessionContext value={query.data ?? null}>
      <a className="skip-link" href="#content">
        {t.shell.skip}
      </a>
      <Header session={query.data ?? null} />
      <main id="content" className="main" tabIndex={-1} aria-busy={state === 'loading'}>
        {query.data && <OfflineBar />}
        <Loaded query={query}>
          {() => (
            <Suspense fallback={<Skeleton />}>
              <Outlet />
            </Suspense>
          )}
        </Loaded>
      </main>
      <Footer />
      <ScrollRestoration />
    </SessionContext>
  );
}
