import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { FieldValues, UseFormReturn } from 'react-hook-form';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Autosaver, type Draft, type SaveReport } from './autosaver';
import { issueText, valueAt } from './issues';

export interface Saving extends SaveReport {
  readonly savedAt: Date | undefined;
  readonly decide: (name: string, whose: 'mine' | 'theirs') => void;
}

/** Ties an Autosaver to a form on screen: what it reports stands at its fields and below the form. */
export function useAutosave<
  View extends { readonly version: number },
  Values extends FieldValues,
  Content extends object,
>(form: UseFormReturn<Values>, draft: Draft<View, Values, Content>): Saving {
  const t = useTexts(common);
  const client = useQueryClient();
  const [report, setReport] = useState<SaveReport>({ state: 'saved', clashes: [] });
  const [savedAt, setSavedAt] = useState<Date>();
  const opened = useRef(draft);
  const saver = useRef<Autosaver<View, Values, Content>>(undefined);
  const { issues } = t;

  useEffect(() => {
    const own = new Autosaver(form, opened.current, (next) => {
      setReport(next);
      form.clearErrors();
      for (const issue of next.faults?.issues ?? []) {
        const message = issueText(issue, valueAt(next.faults?.content, issue.path), issues);
        form.setError(issue.path.join('.') as Parameters<typeof form.setError>[0], { type: 'refused', message });
      }
      if (next.state !== 'saved') return;
      setSavedAt(new Date(performance.timeOrigin + performance.now()));
      void client.invalidateQueries();
    });
    saver.current = own;
    const { unsubscribe } = form.watch((_, { name }) => name !== undefined && own.changed());
    return () => {
      unsubscribe();
      own.stop();
    };
  }, [form, client, issues]);

  return { ...report, savedAt, decide: (name, whose) => saver.current?.decide(name, whose) };
}
