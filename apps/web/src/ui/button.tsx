import type { ButtonHTMLAttributes } from 'react';
import { Link, type LinkProps } from 'react-router';
import { Icon, type IconName } from './icon';

type Rank = 'primary' | 'secondary' | 'tertiary';

interface Looks {
  readonly rank?: Rank;
  readonly icon?: IconName;
}

function classOf(rank: Rank): string {
  return `kern-btn kern-btn--${rank}`;
}

/** One primary button a page; its text is a verb. */
export function Button({
  rank = 'secondary',
  icon,
  children,
  type = 'button',
  ...rest
}: Looks & ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button {...rest} type={type} className={classOf(rank)}>
      {icon && <Icon name={icon} />}
      <span className="kern-label">{children}</span>
    </button>
  );
}

/** A link that looks like a button: it leads somewhere and changes nothing. */
export function LinkButton({ rank = 'secondary', icon, children, ...rest }: Looks & LinkProps) {
  return (
    <Link {...rest} className={classOf(rank)}>
      {icon && <Icon name={icon} />}
      <span className="kern-label">{children}</span>
    </Link>
  );
}
