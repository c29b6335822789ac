import { useEffect, useRef, useState } from 'react';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';

export interface Key {
  readonly key: string;
  /** What it does, as the legend says it. */
  readonly label: string;
  readonly run: () => void;
}

const REMEMBERED = 'keys';

/**
 * The keys of a work list, with their legend. Whoever speaks to the computer would set them off by chance: they can be switched
 * off (WCAG 2.1.4), and they rest while something is typed or a dialog is open.
 */
export function Keys({ keys }: { readonly keys: readonly Key[] }) {
  const t = useTexts(common);
  const [isOn, setOn] = useState(() => localStorage.getItem(REMEMBERED) !== 'off');
  useKeys(isOn ? keys : []);
  const change = () => {
    localStorage.setItem(REMEMBERED, isOn ? 'off' : 'on');
    setOn(!isOn);
  };
  return (
    <div className="keys">
      <label className="keys__switch">
        <input type="checkbox" className="kern-form-check__checkbox" checked={isOn} onChange={change} />
        <span className="kern-label kern-label--small">{t.keys.use}</span>
      </label>
      {isOn && (
        <ul aria-label={t.keys.legend}>
          {keys.map(({ key, label }) => (
            <li key={key}>
              <kbd>{key}</kbd> {label}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** `j` and `k` from row to row of the list on the page; Enter opens, as on every link. */
export function RowKeys() {
  const t = useTexts(common);
  return (
    <Keys
      keys={[
        { key: 'j', label: t.keys.next, run: () => step(1) },
        { key: 'k', label: t.keys.previous, run: () => step(-1) },
        { key: 'Enter', label: t.keys.open, run: () => undefined },
      ]}
    />
  );
}

function step(by: number): void {
  const links = [...document.querySelectorAll<HTMLElement>('.table tbody th a')];
  const at = links.findIndex((link) => link === document.activeElement);
  const to = at === -1 ? (by > 0 ? 0 : links.length - 1) : Math.min(Math.max(at + by, 0), links.length - 1);
  links[to]?.focus();
}

function useKeys(keys: readonly Key[]): void {
  const now = useRef(keys);
  useEffect(() => {
    now.current = keys;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyped(event.target)) return;
      if (event.key === 'Enter' || document.querySelector('dialog[open]')) return;
      const found = now.current.find(({ key }) => key === event.key);
      if (!found) return;
      event.preventDefault();
      found.run();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}

function isTyped(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('textarea, select, input:not([type=checkbox], [type=radio])'))
  );
}
