import { runDue } from '#contracts/finance';
import { common } from '../../i18n/common';
import { useTexts } from '../../i18n/texts';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { DayField } from '../../ui/inputs';
import { useTell } from '../../ui/notices';
import { FormFrame } from '../../ui/operation-form';
import { useOperationForm } from '../../ui/use-operation-form';
import { fundTexts } from './texts';
import { today } from '../../ui/calendar';

/** Takes over planned instalments up to a day, and says how many there were. */
export function RunDue({ fundId, onClose }: { readonly fundId: string; readonly onClose: () => void }) {
  const { acts: t } = useTexts(fundTexts);
  const { cancel } = useTexts(common);
  const tell = useTell();
  const state = useOperationForm(runDue, {
    defaults: { upTo: today() },
    request: ({ upTo }: { upTo: string }) => ({ fundId, upTo }),
    onDone: ({ duePayoutIds, blockedPayoutIds, remaining }) => {
      tell(t.due.done(duePayoutIds.length, blockedPayoutIds.length, remaining));
      onClose();
    },
  });
  return (
    <Dialog title={t.due.label} onClose={onClose}>
      <FormFrame state={state} className="dialog-form">
        <div className="kern-dialog__body">
          <p className="kern-body">{t.due.ask}</p>
          <DayField name="upTo" label={t.upTo} />
        </div>
        <footer className="kern-dialog__footer">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {t.due.label}
          </Button>
          <Button onClick={onClose}>{cancel}</Button>
        </footer>
      </FormFrame>
    </Dialog>
  );
}
