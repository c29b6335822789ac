import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react';
import { Link, useLocation } from 'react-router';
import { SessionContext } from '../api/use-session';
import { useTexts } from '../i18n/texts';
import { common } from '../i18n/common';
import { CaseNumber } from './case-number';

export interface Crumb {
  readonly label: string;
  readonly to: string;
}

interface PageProps {
  readonly title: string;
  readonly crumbs?: readonly Crumb[];
  /** What the object is called over the phone, above the title. */
  readonly caseNumber?: string;
  /** The state beside the title. */
  readonly tag?: ReactNode;
  /** One line below the title: since when, how many. */
  readonly lead?: ReactNode;
  /** The object's id: whoever sees the whole audit trail is led to its part of it. */
  readonly trailOf?: string;
  /** What can be done here, the next act first. */
  readonly acts?: ReactNode;
  readonly children: ReactNode;
}

/** Whether a page with a title stands around; what is refused outside of one has to bring its own. */
export const InPage = createContext(false);

/** The frame of every page: where it is, what it is called, what can be done. A new page takes the focus to its title. */
export function Page({ title, crumbs = [], caseNumber, tag, lead, trailOf, acts, children }: PageProps) {
  const t = useTexts(common);
  const heading = useFocusOfNewPage();
  return (
    <article className="page">
      <title>{`${title} – ${t.product}`}</title>
      <Crumbs crumbs={crumbs} label={t.shell.breadcrumb} />
      <header className="page__head">
        {caseNumber !== undefined && (
          <p className="kern-body page__number">
            <span className="kern-sr-only">{t.caseNumber} </span>
            <CaseNumber value={caseNumber} />
          </p>
        )}
        <div className="page__title">
          <h1 className="kern-heading-large" tabIndex={-1} ref={heading}>
            {title}
          </h1>
          {tag}
        </div>
        {lead !== undefined && <div className="kern-body page__lead">{lead}</div>}
        {trailOf !== undefined && <TrailLink id={trailOf} />}
        {acts}
      </header>
      <InPage value={true}>{children}</InPage>
    </article>
  );
}

/** A part of a page with a heading of its own. */
export function Section({
  title,
  acts,
  children,
}: {
  readonly title: string;
  readonly acts?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="section">
      <div className="section__head">
        <h2 className="kern-heading-medium">{title}</h2>
        {acts}
      </div>
      {children}
    </section>
  );
}

function TrailLink({ id }: { readonly id: string }) {
  const t = useTexts(common);
  const roles = useContext(SessionContext)?.roles ?? [];
  // Everybody may read there what they did themselves; only who reads all of it learns something of an object.
  if (!roles.includes('auditor')) return null;
  return (
    <Link className="kern-link" to={`/audit?${new URLSearchParams({ objectId: id }).toString()}`}>
      {t.shell.trail}
    </Link>
  );
}

function Crumbs({ crumbs, label }: { readonly crumbs: readonly Crumb[]; readonly label: string }) {
  if (crumbs.length === 0) return null;
  return (
    <nav aria-label={label}>
      <ol className="crumbs">
        {crumbs.map((crumb) => (
          <li key={crumb.to}>
            <Link className="kern-link" to={crumb.to}>
              {crumb.label}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}

// Without it a screen reader says nothing of a page that came without a load. The first page keeps the browser's own order.
function useFocusOfNewPage() {
  const heading = useRef<HTMLHeadingElement>(null);
  const { key } = useLocation();
  useEffect(() => {
    if (key !== 'default') heading.current?.focus({ preventScroll: true });
  }, [key]);
  return heading;
}
