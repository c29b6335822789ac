import { Icon, type IconName } from './icon';
import type { Tone } from './notice';

export type TagTone = Tone | 'neutral';

/** A state in words; colour and sign only repeat it. */
export function StatusTag({ tone, children }: { readonly tone: TagTone; readonly children: string }) {
  const icon: IconName | undefined = tone === 'neutral' ? undefined : tone;
  return (
    <span className={`kern-badge kern-badge--small kern-badge--${tone}`}>
      {icon && <Icon name={icon} />}
      <span className="kern-label kern-label--small">{children}</span>
    </span>
  );
}
