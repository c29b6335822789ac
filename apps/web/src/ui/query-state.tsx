import { type UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useContext, useEffect, useState } from 'react';
import { useLocation } from 'react-router';
import { Problem } from '../api/problem';
import { signInAddress } from '../api/session';
import { useTexts } from '../i18n/texts';
import { common } from '../i18n/common';
import { Notice, type Tone } from './notice';
import { InPage, Page } from './page';

const SKELETON_AFTER_MS = 300;

interface Loaded<T> {
  readonly query: UseQueryResult<T>;
  readonly children: (data: T) => ReactNode;
}

/**
 * What a page shows until and unless it has its data: nothing, then a skeleton, or what is wrong. Data that is there stays on
 * screen while its service is away.
 */
export function Loaded<T>({ query, children }: Loaded<T>) {
  if (query.data !== undefined)
    return (
      <>
        {query.error && <Said error={query.error} />}
        {children(query.data)}
      </>
    );
  return query.error ? <Refusal error={query.error} /> : <Skeleton />;
}

/** A read that was refused, in words of what helps. In place of a whole page it is a page, with a title to read and to go to. */
export function Refusal({ error }: { readonly error: Error }) {
  const { title, help } = useWords(error);
  const isInPage = useContext(InPage);
  if (isInPage) return <Said error={error} />;
  return <Page title={title}>{help}</Page>;
}

function Said({ error }: { readonly error: Error }) {
  const { tone, role, title, help } = useWords(error);
  return (
    <Notice tone={tone} title={title} role={role}>
      {help}
    </Notice>
  );
}

interface Words {
  readonly tone: Tone;
  readonly role?: 'alert' | 'status';
  readonly title: string;
  readonly help: ReactNode;
}

function useWords(error: Error): Words {
  const t = useTexts(common);
  const { pathname, search } = useLocation();
  if (!(error instanceof Problem)) throw error;
  if (error.isAway)
    return { tone: 'warning', role: 'status', title: t.errors.away, help: <Text>{t.errors.awayHelp}</Text> };
  if (error.isSignedOut)
    return {
      tone: 'info',
      role: 'alert',
      title: t.errors.signedOut,
      help: (
        <a className="kern-link" href={signInAddress(pathname + search)}>
          {t.shell.signIn}
        </a>
      ),
    };
  if (error.status === 404)
    return { tone: 'info', title: t.errors.notFound, help: <Text>{t.errors.notFoundHelp}</Text> };
  return {
    tone: 'danger',
    title: error.status === 403 ? t.errors.forbidden : t.errors.failed,
    help: (
      <>
        <Text>{error.detail || t.errors.failedHelp}</Text>
        {error.traceId !== undefined && <p className="kern-body kern-body--small">{t.errors.trace(error.traceId)}</p>}
      </>
    ),
  };
}

function Text({ children }: { readonly children: string }) {
  return <p className="kern-body">{children}</p>;
}

/** Grey lines, after a moment: what comes at once needs none. */
export function Skeleton() {
  const t = useTexts(common);
  const [isShown, show] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => show(true), SKELETON_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status" className="skeleton" data-shown={isShown}>
      <span className="kern-sr-only">{isShown ? t.loading : ''}</span>
      <span className="skeleton__line" />
      <span className="skeleton__line" />
      <span className="skeleton__line" />
    </div>
  );
}
