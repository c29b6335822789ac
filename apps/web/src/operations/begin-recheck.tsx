import type { beginFinanceRecheck } from '#contracts/finance';
import type { ServiceName } from '#contracts';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { DayField, TextArea } from '../ui/inputs';
import { useTell } from '../ui/notices';
import { FormFrame } from '../ui/operation-form';
import { useOperationForm } from '../ui/use-operation-form';
import { operationsTexts } from './texts';

interface Values {
  readonly reason: string;
  readonly since?: string;
}

/** Asks why, and from which day on; it then goes on by itself. */
export function BeginRecheck({
  service,
  operation,
  onClose,
}: {
  readonly service: ServiceName;
  /** All services have the same. */
  readonly operation: typeof beginFinanceRecheck;
  readonly onClose: () => void;
}) {
  const { rechecks: t, services } = useTexts(operationsTexts);
  const { cancel } = useTexts(common);
  const tell = useTell();
  const state = useOperationForm(operation, {
    defaults: { reason: '', since: '' },
    request: ({ reason, since }: Values) => ({
      reason,
      ...(since && { since: new Date(`${since}T00:00:00`).toISOString() }),
    }),
    onDone: () => {
      onClose();
      tell(t.begun);
    },
  });
  return (
    <Dialog title={t.actOf(services[service])} onClose={onClose}>
      <FormFrame state={state} className="dialog-form">
        <div className="kern-dialog__body">
          <p className="kern-body">{t.ask}</p>
          <TextArea name="reason" label={t.reason} hint={t.reasonHint} rows={3} />
          <DayField name="since" label={t.since} hint={t.sinceHint} isOptional />
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
