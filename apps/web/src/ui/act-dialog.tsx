import { useState } from 'react';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import type { Act } from './act';
import { Button } from './button';
import { Changes } from './changes';
import { Dialog } from './dialog';
import { fieldNamesOf, GeneratedFields, initialOf, isRequired, sentOf } from './generated-fields';
import { useTell } from './notices';
import { FormFrame } from './operation-form';
import { useOperationForm } from './use-operation-form';

interface ActDialogProps {
  readonly act: Act;
  readonly version: number | undefined;
  readonly seen: Readonly<Record<string, string>>;
  readonly onClose: () => void;
}

/** Asks what an act needs, does it, and says so. Where somebody was faster it shows what changed and lets the person decide again. */
export function ActDialog({ act, version, seen, onClose }: ActDialogProps) {
  const t = useTexts(common);
  const tell = useTell();
  const [before] = useState(seen);
  const { operation, fixed, fields } = act;
  const names = fieldNamesOf(operation, fields);
  // What it comes to stands between what it depends on and what may be added.
  const isAsked = (name: string) => act.preview === undefined || isRequired(operation, name);
  const state = useOperationForm(operation, {
    defaults: initialOf(fields),
    request: (values: Record<string, unknown>) => ({ ...sentOf(operation, fields, values), ...fixed }),
    version: operation.precondition === 'required' ? version : undefined,
    waitSeconds: act.waitSeconds,
    onDone: (reply) => {
      onClose();
      tell(act.done);
      act.onReply?.(reply);
    },
  });
  return (
    <Dialog title={act.label} onClose={onClose}>
      <FormFrame state={state} className="dialog-form">
        <div className="kern-dialog__body">
          {state.problem?.isStale && <Changes before={before} now={seen} />}
          {act.ask !== undefined && <p className="kern-body">{act.ask}</p>}
          <GeneratedFields operation={operation} names={names.filter(isAsked)} fields={fields} />
          {act.preview?.()}
          <GeneratedFields operation={operation} names={names.filter((name) => !isAsked(name))} fields={fields} />
        </div>
        <footer className="kern-dialog__footer">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {act.label}
          </Button>
          <Button onClick={onClose}>{t.cancel}</Button>
        </footer>
      </FormFrame>
    </Dialog>
  );
}
