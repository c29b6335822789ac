import { type RefObject, useEffect, useState } from 'react';
import { useFormState } from 'react-hook-form';
import type { Problem } from '../api/problem';
import { useTexts } from '../i18n/texts';
import { common } from '../i18n/common';
import { Button } from './button';
import { fieldId } from './field';
import { messagesIn } from './form-errors';
import { Notice } from './notice';

interface ErrorSummaryProps {
  /** What the server refused as a whole. */
  readonly problem: Problem | undefined;
  /** Takes the focus when a refusal comes. */
  readonly ref: RefObject<HTMLDivElement | null>;
  /** Confirms who the person is, where the act asks for it. */
  readonly onStepUp?: () => void;
}

/** All that is wrong, above the form, each fault with a link to its field. */
export function ErrorSummary({ problem, ref, onStepUp }: ErrorSummaryProps) {
  const t = useTexts(common);
  const messages = messagesIn(useFormState().errors);
  const faults = useInSequence(messages.map(({ name }) => name));
  const messageOf = new Map(messages.map(({ name, message }) => [name, message]));
  if (messages.length === 0 && problem === undefined) return null;
  if (problem?.needsStepUp)
    return (
      <Notice tone="warning" title={t.stepUp.title} ref={ref}>
        <p className="kern-body">{t.stepUp.help}</p>
        <Button onClick={onStepUp}>{t.stepUp.confirm}</Button>
      </Notice>
    );
  return (
    <Notice tone="danger" title={problem?.isAway ? t.errors.away : t.form.faults(messages.length)} ref={ref}>
      {problem !== undefined && (
        <p className="kern-body">{problem.isAway ? t.errors.notSent : problem.detail || t.errors.failedHelp}</p>
      )}
      {messages.length > 0 && (
        <ul className="kern-list kern-list--bullet">
          {faults.map(({ name, label }) => (
            <li key={name}>
              <a className="kern-link" href={`#${fieldId(name)}`} onClick={(event) => focusField(event, name)}>
                {label === '' ? messageOf.get(name) : `${label}: ${messageOf.get(name) ?? ''}`}
              </a>
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}

function focusField(event: { preventDefault: () => void }, name: string): void {
  event.preventDefault();
  const field = document.getElementById(fieldId(name));
  const input =
    field instanceof HTMLFieldSetElement
      ? (field.querySelector<HTMLElement>('input, select, textarea') ?? field)
      : field;
  input?.focus();
}

interface Described {
  readonly name: string;
  readonly label: string;
}

// The words of a field stand once, beside it, and so does its place; the summary reads both there.
function useInSequence(names: readonly string[]): readonly Described[] {
  const key = names.join();
  const [described, describe] = useState<readonly Described[]>([]);
  useEffect(() => {
    const found =
      key === ''
        ? []
        : key
            .split(',')
            .map((name) => ({ name, label: labelOf(fieldId(name)), place: document.getElementById(fieldId(name)) }));
    describe(found.sort((a, b) => (a.place && b.place && follows(a.place, b.place) ? 1 : -1)));
  }, [key]);
  return described.length === names.length ? described : names.map((name) => ({ name, label: '' }));
}

function follows(a: Node, b: Node): boolean {
  return (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
}

function labelOf(id: string): string {
  const label = document.querySelector(`label[for="${id}"]`) ?? document.querySelector(`#${id} > legend`);
  return label?.firstChild?.textContent?.trim() ?? '';
}
