import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { useTexts } from '../i18n/texts';
import { common } from '../i18n/common';
import { Icon } from './icon';

const Tell = createContext<(sentence: string) => void>(() => undefined);

/** Says what was done: shown below until the next one or until it is closed, and spoken. */
export function useTell(): (sentence: string) => void {
  return useContext(Tell);
}

export function Notices({ children }: { readonly children: ReactNode }) {
  const t = useTexts(common);
  const [sentence, setSentence] = useState<string>();
  const tell = useCallback((text: string) => setSentence(text), []);
  const line = useMemo(
    () =>
      sentence === undefined ? null : (
        <div className="told">
          <Icon name="success" />
          <span className="kern-body">{sentence}</span>
          <button type="button" className="kern-btn kern-btn--tertiary" onClick={() => setSentence(undefined)}>
            <Icon name="close" />
            <span className="kern-label kern-sr-only">{t.close}</span>
          </button>
        </div>
      ),
    [sentence, t],
  );
  return (
    <Tell value={tell}>
      {children}
      <div role="status" aria-live="polite">
        {line}
      </div>
    </Tell>
  );
}
