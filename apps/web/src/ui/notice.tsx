import type { ReactNode, Ref } from 'react';
import { Icon } from './icon';

export type Tone = 'info' | 'success' | 'warning' | 'danger';

interface NoticeProps {
  readonly tone: Tone;
  readonly title: string;
  readonly children?: ReactNode;
  /** `alert` is spoken at once; without one it is read where it stands. */
  readonly role?: 'alert' | 'status';
  readonly ref?: Ref<HTMLDivElement>;
}

export function Notice({ tone, title, children, role, ref }: NoticeProps) {
  return (
    <div className={`kern-alert kern-alert--${tone}`} role={role} ref={ref} tabIndex={ref ? -1 : undefined}>
      <div className="kern-alert__header">
        <Icon name={tone} />
        <span className="kern-title">{title}</span>
      </div>
      {children !== undefined && children !== null && <div className="kern-alert__body">{children}</div>}
    </div>
  );
}
