import { Children, type ReactNode, useEffect, useId, useState } from 'react';
import { useSearchParams } from 'react-router';
import { caseNumberIn, caseNumberQuery } from '#contracts';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { DayInput } from './day-input';
import { Icon } from './icon';
import type { Choices } from './inputs';

const TYPING_MS = 300;

interface FiltersProps {
  /** Where they say what the page is about, rather than narrow it. */
  readonly stays?: boolean;
  readonly children: ReactNode;
}

/**
 * The filters of a list. Each stands in the address; another filter begins at the first page. On a narrow screen several of them wait
 * behind a button: the rows come first.
 */
export function Filters({ stays = false, children }: FiltersProps) {
  const t = useTexts(common);
  const id = useId();
  const [isOpen, open] = useState(false);
  const canFold = !stays && Children.toArray(children).length > 1;
  return (
    <search aria-label={t.list.filter}>
      {canFold && (
        <button
          type="button"
          className="kern-btn kern-btn--secondary filters__button"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => open(!isOpen)}
        >
          <Icon name={isOpen ? 'close' : 'search'} />
          <span className="kern-label">{t.list.filter}</span>
        </button>
      )}
      <div className="filters" id={id} data-folded={canFold && !isOpen}>
        {children}
      </div>
    </search>
  );
}

/** One parameter of the address, and how to change it. */
function useParameter(name: string): [string, (value: string) => void] {
  const [parameters, setParameters] = useSearchParams();
  const set = (value: string) =>
    setParameters(
      (before) => {
        const changed = new URLSearchParams(before);
        changed.delete('cursor');
        if (value === '') changed.delete(name);
        else changed.set(name, value);
        return changed;
      },
      { replace: true },
    );
  return [parameters.get(name) ?? '', set];
}

interface SearchFilterProps {
  readonly name?: string;
  readonly label: string;
  /** Whether a text is whole enough to be looked for. */
  readonly accepts?: (text: string) => boolean;
  /** What is wrong with a text that is not looked for, once it can be said. */
  readonly fault?: (text: string) => string | undefined;
}

export function SearchFilter({ name = 'q', label, accepts = () => true, fault }: SearchFilterProps) {
  const id = useId();
  const [value, set] = useParameter(name);
  const [text, setText] = useState(value);
  useEffect(() => {
    if (text.trim() === value || (text.trim() !== '' && !accepts(text))) return undefined;
    const timer = setTimeout(() => set(text.trim()), TYPING_MS);
    return () => clearTimeout(timer);
    // Only typing starts the clock: `set` is new with every render.
  }, [text]);
  const said = fault?.(text);
  return (
    <div className={`kern-form-input${said === undefined ? '' : ' kern-form-input--error'}`}>
      <label className="kern-label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className={`kern-form-input__input${said === undefined ? '' : ' kern-form-input__input--error'}`}
        type="search"
        autoComplete="off"
        aria-invalid={said !== undefined || undefined}
        aria-describedby={`${id}-fault`}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div id={`${id}-fault`} role="status">
        {said !== undefined && (
          <p className="kern-error">
            <Icon name="danger" />
            <span className="kern-body">{said}</span>
          </p>
        )}
      </div>
    </div>
  );
}

/** A day; what is typed and is none yet narrows nothing. */
export function DayFilter({ name, label }: { readonly name: string; readonly label: string }) {
  const t = useTexts(common);
  const id = useId();
  const [value, set] = useParameter(name);
  const [text, setText] = useState(value);
  const change = (day: string) => {
    setText(day);
    if (day === '' || /^\d{4}-\d\d-\d\d$/.test(day)) set(day);
  };
  return (
    <div className="kern-form-input">
      <label className="kern-label" htmlFor={id}>
        {label} <span className="kern-label__optional">{t.form.dayHint}</span>
      </label>
      <DayInput id={id} value={text} onChange={change} />
    </div>
  );
}

/** Looks for one case as soon as its number is whole; says so where a figure of it was misheard. */
export function CaseNumberFilter() {
  const t = useTexts(common);
  const accepts = (text: string) => caseNumberQuery.caseNumber.safeParse(text).success;
  return (
    <SearchFilter
      name="caseNumber"
      label={t.caseNumber}
      accepts={accepts}
      fault={(text) => (caseNumberIn(text) !== undefined && !accepts(text) ? t.misheard : undefined)}
    />
  );
}

export function ChoiceFilter({
  name,
  label,
  choices,
  all,
  otherwise,
}: {
  readonly name: string;
  readonly label: string;
  readonly choices: Choices;
  /** What no choice means, where it is not everything. */
  readonly all?: string;
  /** What is meant where the address names none; without it: all. */
  readonly otherwise?: string;
}) {
  const t = useTexts(common);
  const id = useId();
  const [value, set] = useParameter(name);
  const wordOf = (each: string) => choices.find((choice) => choice.value === each)?.label ?? each;
  // A link may name several at once.
  const several = value !== '' && choices.every((choice) => choice.value !== value) ? value : undefined;
  return (
    <div className="kern-form-input">
      <label className="kern-label" htmlFor={id}>
        {label}
      </label>
      <div className="kern-form-input__select-wrapper">
        <select
          id={id}
          className="kern-form-input__select"
          value={value || (otherwise ?? '')}
          onChange={(event) => set(event.target.value)}
        >
          {otherwise === undefined && <option value="">{all ?? t.list.all}</option>}
          {several !== undefined && <option value={several}>{several.split(',').map(wordOf).join(', ')}</option>}
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}
