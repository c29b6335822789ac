import { createWebhook, type WebhookSubject } from '#contracts/finance';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { CheckManyField, choicesOf, TextField } from '../ui/inputs';
import { useTell } from '../ui/notices';
import { FormFrame } from '../ui/operation-form';
import { useOperationForm } from '../ui/use-operation-form';
import { feedTexts } from './texts';

interface Values {
  readonly name?: string;
  readonly url?: string;
  readonly subjects?: WebhookSubject[];
}

interface CreateWebhookProps {
  readonly onClose: () => void;
  readonly onSecret: (secret: string) => void;
}

/** An address that gets the payout messages from now on; its secret is shown once. */
export function CreateWebhook({ onClose, onSecret }: CreateWebhookProps) {
  const { webhooks: t, subjects } = useTexts(feedTexts);
  const { cancel } = useTexts(common);
  const tell = useTell();
  const state = useOperationForm(createWebhook, {
    defaults: { name: '', url: '', subjects: ['evt.finance.payout.*'] } satisfies Values,
    request: ({ name = '', url = '', subjects: chosen = [] }: Values) => ({ name, url, subjects: chosen }),
    onDone: ({ secret }) => {
      onClose();
      tell(t.create.done);
      onSecret(secret);
    },
  });
  return (
    <Dialog title={t.create.label} onClose={onClose}>
      <FormFrame state={state} className="dialog-form">
        <div className="kern-dialog__body">
          <p className="kern-body">{t.create.ask}</p>
          <TextField name="name" label={t.name} />
          <TextField name="url" label={t.url} hint="https://" />
          <CheckManyField name="subjects" label={t.subjects} choices={choicesOf(subjects)} />
        </div>
        <footer className="kern-dialog__footer">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {t.create.label}
          </Button>
          <Button onClick={onClose}>{cancel}</Button>
        </footer>
      </FormFrame>
    </Dialog>
  );
}
