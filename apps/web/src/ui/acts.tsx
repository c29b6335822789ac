import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import type { ActionsView, ActionView, Operation } from '#contracts';
import { read } from '../api/query';
import { useSession } from '../api/use-session';
import { common } from '../i18n/common';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import type { Act, ActElsewhere } from './act';
import { ActDialog } from './act-dialog';
import { Button, LinkButton } from './button';
import { Icon } from './icon';
import { type Key, Keys } from './keys';
import { useLeft } from './step-up';

interface ActsProps {
  /** `GET /v1/<resource>/{id}/actions`, and whose. */
  readonly of: Operation<z.ZodObject, z.ZodType<ActionsView>>;
  readonly id: Readonly<Record<string, string>>;
  readonly acts: readonly (Act | ActElsewhere)[];
  /** The version that is on screen. */
  readonly version: number | undefined;
  /** What is on screen, by label: after a change by somebody else the person is shown what differs. */
  readonly seen: Readonly<Record<string, string>>;
  /** In a work list: the keys beside those of the acts. */
  readonly keys?: readonly Key[];
}

/** What this person can do with an object now, the next act first; and why the others have to wait. */
export function Acts({ of, id, acts, version, seen, keys = [] }: ActsProps) {
  const { data } = useQuery(read(of, id));
  const { roles } = useSession();
  const left = useLeft(acts.map(({ operation }) => operation));
  const [open, setOpen] = useState(() =>
    acts.find((each): each is Act => each.operation === left?.operation && !('to' in each)),
  );
  const offered = acts.flatMap((each) => {
    const action = data?.items.find((item) => isOf(item, each.operation));
    return action?.roles.some((role) => roles.includes(role)) ? [{ act: each, action }] : [];
  });
  const possible = offered.filter(({ action }) => action.isPossible);
  const next = possible.find(({ act: { isNext } }) => isNext)?.act;
  const allKeys = [
    ...possible.flatMap(({ act: each }) =>
      each.key && !('to' in each) ? [{ ...each.key, run: () => setOpen(each) }] : [],
    ),
    ...keys,
  ];
  const waiting = offered.filter(({ action }) => !action.isPossible);
  return (
    <div className="acts">
      {possible.length > 0 && (
        <div className="acts__now">
          {possible.map(({ act: each }) => {
            const rank = each === next ? 'primary' : each.isRare ? 'tertiary' : 'secondary';
            return 'to' in each ? (
              <LinkButton key={each.label} rank={rank} to={each.to}>
                {each.label}
              </LinkButton>
            ) : (
              <Button key={each.label} rank={rank} onClick={() => setOpen(each)}>
                {each.label}
              </Button>
            );
          })}
        </div>
      )}
      {allKeys.length > 0 && <Keys keys={allKeys} />}
      <Waiting waiting={waiting} />
      {open && <ActDialog act={open} version={version} seen={seen} onClose={() => setOpen(undefined)} />}
    </div>
  );
}

function Waiting({
  waiting,
}: {
  readonly waiting: readonly { readonly act: Act | ActElsewhere; readonly action: ActionView }[];
}) {
  const t = useTexts(common);
  const language = useLanguage();
  if (waiting.length === 0) return null;
  return (
    <details className="waiting">
      <summary>{t.acts.notNow(waiting.length)}</summary>
      <ul>
        {waiting.map(({ act: { label }, action: { refusal } }) => (
          <li key={label}>
            <Icon name="info" />
            <span className="kern-body kern-body--small">
              <strong>{label}</strong>
              {refusal && `: ${language === 'de' ? refusal.de : refusal.en}`}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

// The catalogue's own names would bring every operation of the platform into the page.
function isOf(item: ActionView, { subject, service }: Operation): boolean {
  const tail = subject.split('.').slice(2).join('_');
  return item.operation === tail || item.operation === `${service}_${tail}`;
}
