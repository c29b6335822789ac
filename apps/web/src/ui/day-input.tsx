import { useState } from 'react';
import { dayText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { dayOf } from './day-of';
import type { InputLinks } from './field';

interface DayInputProps extends Partial<InputLinks> {
  /** `YYYY-MM-DD`, or what was typed and is no day. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/**
 * A day to type, day before month in every language of ours. The browsers' own input shows the order of the browser's language,
 * which is not that of the page, and is slow to fill by keyboard.
 */
export function DayInput({ value, onChange, ...links }: DayInputProps) {
  const language = useLanguage();
  const [text, setText] = useState(value);
  const shown = dayOf(text) === value || text === value ? text : value;
  const isDay = /^\d{4}-\d\d-\d\d$/.test(shown);
  return (
    <input
      {...links}
      type="text"
      inputMode="numeric"
      autoComplete="off"
      className={`kern-form-input__input input--day${links['aria-invalid'] ? ' kern-form-input__input--error' : ''}`}
      value={isDay ? dayText(shown, language) : shown}
      onChange={(event) => {
        setText(event.target.value);
        onChange(dayOf(event.target.value));
      }}
    />
  );
}
