import { Link } from 'react-router';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';

const PAGES = ['accessibility', 'imprint', 'privacy', 'plain'] as const;

export function Footer() {
  const t = useTexts(common);
  return (
    <footer className="footer">
      <nav aria-label={t.shell.footer}>
        <ul>
          {PAGES.map((page) => (
            <li key={page}>
              <Link className="kern-link" to={`/about/${page}`}>
                {t.nav[page]}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </footer>
  );
}
