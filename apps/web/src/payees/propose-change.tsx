import { type PayeeView, proposeBankAccountChange } from '#contracts/finance';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { TextArea } from '../ui/inputs';
import { useTell } from '../ui/notices';
import { FormFrame } from '../ui/operation-form';
import { useOperationForm } from '../ui/use-operation-form';
import { accountOf, type AccountValues, NEW_ACCOUNT } from './account';
import { AccountFields } from './account-fields';
import { payeeTexts } from './texts';

interface Values extends AccountValues {
  readonly reason: string;
}

/** Another account: from here until somebody else has called the payee back, nothing is paid to either. */
export function ProposeChange({ payee, onClose }: { readonly payee: PayeeView; readonly onClose: () => void }) {
  const { acts, account: t } = useTexts(payeeTexts);
  const { cancel } = useTexts(common);
  const tell = useTell();
  const { holder, currency } = payee.bankAccount;
  const state = useOperationForm(proposeBankAccountChange, {
    defaults: { ...NEW_ACCOUNT, bankAccount: { ...NEW_ACCOUNT.bankAccount, holder, currency }, reason: '' },
    request: ({ reason, ...account }: Values) => ({ payeeId: payee.id, bankAccount: accountOf(account), reason }),
    onDone: () => {
      onClose();
      tell(acts.change.done);
    },
  });
  return (
    <Dialog title={acts.change.label} onClose={onClose}>
      <FormFrame state={state} className="dialog-form">
        <div className="kern-dialog__body">
          <p className="kern-body">{acts.change.ask}</p>
          <AccountFields name={payee.name} />
          <TextArea name="reason" label={t.reason} hint={t.reasonHint} rows={2} />
        </div>
        <footer className="kern-dialog__footer">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {acts.change.label}
          </Button>
          <Button onClick={onClose}>{cancel}</Button>
        </footer>
      </FormFrame>
    </Dialog>
  );
}
