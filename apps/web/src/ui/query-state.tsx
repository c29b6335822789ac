import { type UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { useLocation } from 'react-router';
import { Problem } from '../api/problem';
import { signInAddress } from '../api/session';
import { useTexts } from '../i18n/texts';
import { common } from '../i18n/common';
import { Notice } from './notice';

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
        {query.error && <Refusal error={query.error} />}
        {children(query.data)}
      </>
    );
  return query.error ? <Refusal error={query.error} /> : <Skeleton />;
}

/** A read that was refused, in words of what helps. */
export function Refusal({ error }: { readonly error: Error }) {
  const t = useTexts(common);
  const { pathname, search } = useLocation();
  if (!(error instanceof Problem)) throw error;
  if (error.isAway)
    return (
      <Notice tone="warning" title={t.errors.away} role="status">
        <p className="kern-body">{t.errors.awayHelp}</p>
      </Notice>
    );
  if (error.isSignedOut)
    return (
      <Notice tone="info" title={t.errors.signedOut} role="alert">
        <a className="kern-link" href={signInAddress(pathname + search)}>
          {t.shell.signIn}
        </a>
      </Notice>
    );
  if (error.status === 404)
    return (
      <Notice tone="info" title={t.errors.notFound}>
        <p className="kern-body">{t.errors.notFoundHelp}</p>
      </Notice>
    );
  return (
    <Notice tone="danger" title={error.status === 403 ? t.errors.forbidden : t.errors.failed}>
      <p className="kern-body">{error.detail || t.errors.failedHelp}</p>
      {error.traceId !== undefined && <p className="kern-body kern-body--small">{t.errors.trace(error.traceId)}</p>}
    </Notice>
  );
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
