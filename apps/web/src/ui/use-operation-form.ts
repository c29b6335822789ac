import { useQueryClient } from '@tanstack/react-query';
import { type RefObject, type SyntheticEvent, useEffect, useRef, useState } from 'react';
import { type DefaultValues, type FieldValues, useForm, type UseFormReturn } from 'react-hook-form';
import type { Operation, ReplyOf, RequestInputOf } from '#contracts';
import { call } from '../api/call';
import { idempotencyKeys } from '../api/idempotency';
import { Problem } from '../api/problem';
import { type Letter, post } from '../api/outbox';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { useLeftForm } from './step-up';
import { issueText, nameOfPointer, valueAt, withoutBlanks, withoutUnions } from './issues';

interface Settings<O extends Operation, Values extends FieldValues, Result> {
  readonly defaults: DefaultValues<Values>;
  /** The request of what the form holds; blanks are taken out before. May do what has to be done first. */
  readonly request: (values: Values) => RequestInputOf<O> | Promise<RequestInputOf<O>>;
  /** What is on screen; the form is sent with the one that it was opened with, until that one is refused as stale. */
  readonly version?: number;
  readonly waitSeconds?: number;
  /** Where the answer is no JSON, such as a file. */
  readonly carryOut?: (input: RequestInputOf<O>) => Promise<Result>;
  /** Without a line it goes later, by itself: what it is called, where it was written, the name of its draft. */
  readonly later?: Pick<Letter, 'title' | 'address' | 'draft'> & { readonly onWritten: () => void };
  readonly onDone: (reply: Result) => void;
}

export interface OperationForm<Values extends FieldValues> {
  readonly form: UseFormReturn<Values>;
  readonly problem: Problem | undefined;
  readonly isSending: boolean;
  readonly summary: RefObject<HTMLDivElement | null>;
  readonly submit: (event?: SyntheticEvent) => Promise<void>;
  /** Goes to confirm who one is, and comes back to this form as it is. */
  readonly stepUp: () => void;
}

/**
 * A form that ends in one operation. Its content is checked by the operation's own schema before it is sent; what either side
 * refuses stands at its field, and nothing that was typed is lost. Sent again for want of an answer, the same content happens once.
 */
export function useOperationForm<O extends Operation, Values extends FieldValues, Result = ReplyOf<O>>(
  operation: O,
  settings: Settings<O, Values, Result>,
): OperationForm<Values> {
  const { left, leave } = useLeftForm(operation);
  const form = useForm<Values>({
    defaultValues: Object.assign({}, settings.defaults, left),
    reValidateMode: 'onBlur',
  });
  const t = useTexts(common);
  const client = useQueryClient();
  const [problem, setProblem] = useState<Problem>();
  const [isSending, setSending] = useState(false);
  // The page behind the form is read again while the person writes: what is sent is what the person saw.
  const opened = useRef(settings.version);
  const summary = useRef<HTMLDivElement>(null);
  const [refusals, countRefusal] = useState(0);
  const [keyOf] = useState(idempotencyKeys);
  // The server repeats a refusal under its key, also when its reason has passed.
  const refused = useRef(0);
  useEffect(() => {
    if (refusals > 0) summary.current?.focus();
  }, [refusals]);

  function refuse(faults: readonly { name: string; message: string }[], whole?: Problem): void {
    for (const { name, message } of faults)
      form.setError(name as Parameters<typeof form.setError>[0], { type: 'refused', message });
    setProblem(whole);
    countRefusal((count) => count + 1);
  }

  async function submit(event?: SyntheticEvent): Promise<void> {
    event?.preventDefault();
    // A dialog may be opened by a form: what is sent in it is not sent there.
    event?.stopPropagation();
    if (isSending) return;
    form.clearErrors();
    if (problem?.isStale) opened.current = settings.version;
    setProblem(undefined);
    setSending(true);
    try {
      const input = await settings.request((withoutBlanks(form.getValues()) ?? {}) as Values);
      const checked = operation.request.safeParse(input);
      if (!checked.success) {
        refuse(
          withoutUnions(checked.error.issues).map((issue) => ({
            name: issue.path.join('.'),
            message: issueText(issue, valueAt(input, issue.path), t.issues),
          })),
        );
        return;
      }
      const { waitSeconds, carryOut, later } = settings;
      if (carryOut) return settings.onDone(await carryOut(input));
      const version = opened.current;
      const idempotencyKey = keyOf([version, input, refused.current]);
      const reply = later
        ? await post(operation, input, { ...later, version, id: idempotencyKey })
        : await call(operation, input, { version, waitSeconds, idempotencyKey });
      if (reply === undefined) {
        await client.invalidateQueries();
        later?.onWritten();
        return;
      }
      await client.invalidateQueries();
      settings.onDone(reply as Result);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.isRefusal) refused.current += 1;
      // What is on screen is read again: the person decides by what is there now.
      if (error.isStale || error.status === 409) await client.invalidateQueries();
      refuse(faultsOf(error), error);
    } finally {
      setSending(false);
    }
  }

  return { form, problem, isSending, summary, submit, stepUp: () => leave(form.getValues()) };
}

function faultsOf(problem: Problem): { name: string; message: string }[] {
  return problem.errors.flatMap(({ pointer, detail }) => {
    const name = nameOfPointer(pointer);
    return name === undefined ? [] : [{ name, message: detail }];
  });
}
