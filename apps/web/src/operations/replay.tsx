import { type DeadLetterView, SERVICE_OPERATIONS, type ServiceName } from '#contracts';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { TextArea } from '../ui/inputs';
import { Notice } from '../ui/notice';
import { useTell } from '../ui/notices';
import { FormFrame } from '../ui/operation-form';
import { useOperationForm } from '../ui/use-operation-form';
import { operationsTexts } from './texts';

/** A message, and the service that could not handle it. */
export type Letter = DeadLetterView & { readonly service: ServiceName };

interface ReplayDialogProps {
  readonly letter: Letter;
  readonly onClose: () => void;
}

/** Asks why now, tries it, and shows the error where it fails again. */
export function ReplayDialog({ letter, onClose }: ReplayDialogProps) {
  const { letters: t } = useTexts(operationsTexts);
  const { cancel } = useTexts(common);
  const tell = useTell();
  const state = useOperationForm(SERVICE_OPERATIONS[letter.service].replayDeadLetter, {
    defaults: { reason: '' },
    request: ({ reason }: { readonly reason: string }) => ({ deadLetterId: letter.id, reason }),
    onDone: ({ outcome }) => {
      onClose();
      tell(t.done[outcome]);
    },
  });
  const error = state.problem?.details.error;
  return (
    <Dialog title={t.act} onClose={onClose}>
      <FormFrame state={state} className="dialog-form">
        <div className="kern-dialog__body">
          <p className="kern-body written">{letter.subject}</p>
          {typeof error === 'string' && (
            <Notice tone="danger" title={t.failedAgain}>
              <p className="kern-body kern-body--small written" lang="en">
                {error}
              </p>
            </Notice>
          )}
          <TextArea name="reason" label={t.reason} hint={t.reasonHint} rows={3} />
        </div>
        <footer className="kern-dialog__footer">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {t.act}
          </Button>
          <Button onClick={onClose}>{cancel}</Button>
        </footer>
      </FormFrame>
    </Dialog>
  );
}
