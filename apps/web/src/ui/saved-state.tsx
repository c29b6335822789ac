import { common } from '../i18n/common';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { Clashes } from './clashes';
import { Notice } from './notice';
import type { Saving } from './use-autosave';

interface SavedStateProps {
  readonly saving: Saving;
  /** What the fields of the form are called. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Whether what was typed is saved, and what has to be decided before it is. */
export function SavedState({ saving, labels }: SavedStateProps) {
  const t = useTexts(common);
  const language = useLanguage();
  const { state, savedAt, problem, clashes, decide } = saving;
  const time = savedAt?.toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' });
  return (
    <>
      {clashes.length > 0 && <Clashes clashes={clashes} decide={decide} labels={labels} />}
      {problem !== undefined && (
        <Notice tone="danger" title={problem.isAway ? t.errors.away : t.form.notSaved}>
          <p className="kern-body">{problem.isAway ? t.errors.notSent : problem.detail}</p>
        </Notice>
      )}
      <p className="kern-body kern-body--small" role="status">
        {clashes.length > 0
          ? t.form.notSaved
          : state === 'saving' || state === 'changed'
            ? t.form.saving
            : state === 'faulty'
              ? t.form.faulty
              : state === 'saved' && time !== undefined
                ? t.form.saved(time)
                : ''}
      </p>
    </>
  );
}
