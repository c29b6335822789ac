import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useState } from 'react';
import type { Read } from '../api/query';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';

interface Search<Item> {
  /** The read for what was typed. */
  readonly search: (text: string) => Read<{ readonly items: readonly Item[] }>;
  /** The field is emptied after a choice, for the next one. */
  readonly onChoose: (item: Item) => void;
}

interface ComboboxProps<Item> extends Search<Item> {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly keyOf: (item: Item) => string;
  readonly show: (item: Item) => ReactNode;
}

/** Finds one of many while typing (WAI-ARIA combobox with list): arrows move, Enter chooses, Escape closes. */
export function Combobox<Item>({ id, label, hint, keyOf, show, ...search }: ComboboxProps<Item>) {
  const list = useId();
  const { items, active, isShown, state, input, choose } = useCombobox(search);
  return (
    <div className="kern-form-input combobox">
      <label className="kern-label" htmlFor={id}>
        {label}
      </label>
      {hint !== undefined && (
        <div className="kern-hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
      <input
        {...input}
        id={id}
        className="kern-form-input__input"
        type="text"
        role="combobox"
        aria-expanded={isShown}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={isShown && items[active] ? `${list}-${active}` : undefined}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        autoComplete="off"
        spellCheck={false}
      />
      <ul
        className="combobox__list"
        id={list}
        role="listbox"
        aria-label={label}
        hidden={!isShown || items.length === 0}
      >
        {items.map((item, index) => (
          <li
            key={keyOf(item)}
            id={`${list}-${index}`}
            role="option"
            aria-selected={index === active}
            className="combobox__option"
            // Before the input loses the focus, and the list goes with it.
            onMouseDown={(event) => {
              event.preventDefault();
              choose(item);
            }}
          >
            {show(item)}
          </li>
        ))}
      </ul>
      <div role="status" className="combobox__state">
        {state}
      </div>
    </div>
  );
}

const TYPING_MS = 200;
const TYPED_MIN = 2;

function useCombobox<Item>({ search, onChoose }: Search<Item>) {
  const t = useTexts(common);
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const typed = useSettled(text.trim());
  const isAsking = typed.length >= TYPED_MIN;
  const { data, error } = useQuery({ ...search(typed), enabled: isAsking, placeholderData: keepPreviousData });
  const items = isAsking && data ? data.items : [];
  const isShown = isOpen && isAsking;
  const state = error
    ? t.errors.away
    : !data
      ? t.loading
      : items.length === 0
        ? t.combobox.none
        : t.combobox.found(items.length);

  function choose(item: Item | undefined): void {
    if (item === undefined) return;
    setText('');
    setOpen(false);
    onChoose(item);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const isEnd = isShown && (event.key === 'Enter' || event.key === 'Escape');
    if (step === 0 && !isEnd) return;
    event.preventDefault();
    if (step !== 0 && items.length > 0) setActive((active + step + items.length) % items.length);
    if (event.key === 'Enter') choose(items[active]);
    setOpen(step !== 0);
  }

  const input = {
    value: text,
    onChange: (event: { readonly target: { readonly value: string } }) => {
      setText(event.target.value);
      setActive(0);
      setOpen(true);
    },
    onKeyDown,
    onBlur: () => setOpen(false),
  };
  return { items, active, isShown, state: isShown ? state : '', input, choose };
}

/** What was typed, once the person has paused. */
function useSettled(text: string): string {
  const [settled, settle] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => settle(text), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
