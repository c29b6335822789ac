import { NavLink } from 'react-router';

export interface Tab {
  readonly label: string;
  readonly to: string;
  /** Marked at its very address only, not at those below it. */
  readonly isWhole?: boolean;
}

/** The parts of an area, beside each other; the one that is shown is marked, whatever its filters. */
export function Tabs({ label, tabs }: { readonly label: string; readonly tabs: readonly Tab[] }) {
  return (
    <nav className="navigation tabs" aria-label={label}>
      <ul>
        {tabs.map((tab) => (
          <li key={tab.to}>
            <NavLink to={tab.to} end={tab.isWhole}>
              {tab.label}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
