import { type SyntheticEvent, useEffect, useId, useRef } from 'react';
import { useNavigate } from 'react-router';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Icon } from '../ui/icon';

/** One box for everything that has a number or a name; `/` leads to it from anywhere but a field. */
export function SearchBox() {
  const t = useTexts(common);
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      input.current?.focus();
    };
    document.addEventListener('keydown', focus);
    return () => document.removeEventListener('keydown', focus);
  }, []);
  const search = (event: SyntheticEvent) => {
    event.preventDefault();
    const q = input.current?.value.trim() ?? '';
    if (q !== '') void navigate(`/search?${new URLSearchParams({ q }).toString()}`);
  };
  return (
    <search>
      <form className="search-box" onSubmit={search}>
        <label className="kern-sr-only" htmlFor={id}>
          {t.shell.search}
        </label>
        <input
          id={id}
          ref={input}
          type="search"
          className="search-box__input"
          placeholder={t.shell.searchHint}
          aria-keyshortcuts="/"
          autoComplete="off"
          maxLength={100}
        />
        <button type="submit" className="kern-btn kern-btn--tertiary tool">
          <Icon name="search" />
          <span className="kern-label kern-sr-only">{t.shell.find}</span>
        </button>
      </form>
    </search>
  );
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable], dialog') !== null;
}
