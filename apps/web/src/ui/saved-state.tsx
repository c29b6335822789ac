import { common } from '../i18n/common';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { Button } from './button';
import { Notice } from './notice';
import { Table } from './table';
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
  const { state, savedAt, problem, clashes } = saving;
  const time = savedAt?.toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' });
  return (
    <>
      {clashes.length > 0 && <Clashes saving={saving} labels={labels} />}
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

function Clashes({ saving: { clashes, decide }, labels }: SavedStateProps) {
  const { conflict } = useTexts(common);
  return (
    <Notice tone="warning" title={conflict.both} role="alert">
      <Table
        caption={conflict.both}
        rows={clashes}
        keyOf={({ name }) => name}
        columns={[
          { title: conflict.what, cell: ({ name }) => labels[name] ?? name, isHeading: true },
          { title: conflict.mine, cell: ({ mine }) => <Side value={mine} /> },
          { title: conflict.theirs, cell: ({ theirs }) => <Side value={theirs} /> },
          {
            title: conflict.decide,
            cell: ({ name }) => (
              <div className="buttons">
                <Button onClick={() => decide(name, 'mine')}>{conflict.keep}</Button>
                <Button onClick={() => decide(name, 'theirs')}>{conflict.take}</Button>
              </div>
            ),
          },
        ]}
      />
    </Notice>
  );
}

function Side({ value }: { readonly value: unknown }) {
  return <span className="written">{typeof value === 'string' ? value : JSON.stringify(value)}</span>;
}
