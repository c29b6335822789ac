import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { Link } from 'react-router';
import { drafts } from '../api/drafts';
import { discard, type Letter, sendWaiting, waitingLetters } from '../api/outbox';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Button } from '../ui/button';
import { Notice } from '../ui/notice';
import { useTell } from '../ui/notices';

const TRY_AGAIN_MS = 15_000;

/** Says that there is no line, what was written meanwhile, and what became of it; sends it as soon as there is one. */
export function OfflineBar() {
  const { offline: t } = useTexts(common);
  const isOnline = useOnline();
  const { data: all = [] } = useQuery({ ...waitingLetters, refetchInterval: TRY_AGAIN_MS });
  const { data: begun = [] } = useQuery({ ...drafts, enabled: !isOnline });
  useSending(isOnline && all.some(({ fault }) => !fault));
  const refused = all.filter(({ fault }) => fault);
  const going = all.filter(({ fault }) => !fault);
  return (
    <div className="offline" role="status">
      {!isOnline && (
        <Notice tone="warning" title={t.noLine}>
          <p className="kern-body">{t.noLineHelp}</p>
          <Links of={begun} />
        </Notice>
      )}
      {going.length > 0 && (
        <Notice tone="info" title={t.waits(going.length)}>
          <Links of={going} />
        </Notice>
      )}
      {refused.map((letter) => (
        <Refused key={letter.id} letter={letter} />
      ))}
    </div>
  );
}

function Refused({ letter }: { readonly letter: Letter }) {
  const { offline: t } = useTexts(common);
  const client = useQueryClient();
  const giveUp = async () => {
    await discard(letter);
    await client.invalidateQueries();
  };
  return (
    <Notice tone="danger" title={t.refused}>
      <p className="kern-body">
        <Link className="kern-link" to={letter.address}>
          {letter.title}
        </Link>
        {letter.fault && `: ${letter.fault.detail}`}
      </p>
      <Button onClick={() => void giveUp()}>{t.discard}</Button>
    </Notice>
  );
}

function Links({ of }: { readonly of: readonly { readonly title: string; readonly address: string }[] }) {
  return (
    <ul className="offline__links">
      {of.map(({ title, address }) => (
        <li key={address}>
          <Link className="kern-link" to={address}>
            {title}
          </Link>
        </li>
      ))}
    </ul>
  );
}

function useSending(isDue: boolean): void {
  const client = useQueryClient();
  const tell = useTell();
  const { offline: t } = useTexts(common);
  useEffect(() => {
    if (!isDue) return;
    const send = async () => {
      const { operationOf } = await import('../api/sendable');
      const arrived = await sendWaiting(operationOf);
      await client.invalidateQueries();
      if (arrived.length > 0) tell(t.arrived(arrived.map(({ title }) => title).join(', ')));
    };
    const sendSafely = () => void send().catch((error: unknown) => reportError(error));
    sendSafely();
    const timer = setInterval(sendSafely, TRY_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isDue, client, tell, t]);
}

function useOnline(): boolean {
  return useSyncExternalStore(
    (changed) => {
      for (const name of ['online', 'offline']) addEventListener(name, changed);
      return () => {
        for (const name of ['online', 'offline']) removeEventListener(name, changed);
      };
    },
    () => navigator.onLine,
  );
}
