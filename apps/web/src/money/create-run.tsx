import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { createPaymentRun, listFunds } from '#contracts/finance';
import { readAll } from '../api/query';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { choicesOf, DayField, RadioField, SelectField, TextField } from '../ui/inputs';
import { useTell } from '../ui/notices';
import { FormFrame } from '../ui/operation-form';
import { useOperationForm } from '../ui/use-operation-form';
import { moneyTexts, officeTexts } from './texts';

interface Values {
  readonly fundId: string;
  readonly paymentType: string;
  readonly currency?: string;
  readonly executionOn: string;
}

/** Everything ordered of one fund and kind becomes one bank file. */
export function CreateRun({ onClose }: { readonly onClose: () => void }) {
  const { payouts } = useTexts(moneyTexts);
  const { runs: t } = useTexts(officeTexts);
  const { cancel } = useTexts(common);
  const navigate = useNavigate();
  const tell = useTell();
  const { data: funds = [] } = useQuery(readAll(listFunds, {}));
  const state = useOperationForm(createPaymentRun, {
    defaults: { fundId: '', paymentType: 'SEPA', currency: '', executionOn: '' },
    request: (values: Values) => ({ ...values, paymentType: values.paymentType as 'SEPA' }),
    onDone: ({ id }) => {
      tell(t.created);
      void navigate(`/money/runs/${id}`);
    },
  });
  return (
    <Dialog title={t.create} onClose={onClose}>
      <FormFrame state={state} className="dialog-form">
        <div className="kern-dialog__body">
          <p className="kern-body">{t.all}</p>
          <SelectField
            name="fundId"
            label={payouts.fund}
            choices={funds.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <RadioField name="paymentType" label={t.columns.type} choices={choicesOf(t.types)} />
          <TextField name="currency" label={t.currency} hint={t.currencyHint} isOptional />
          <DayField name="executionOn" label={t.executionOn} hint={t.executionHint} />
        </div>
        <footer className="kern-dialog__footer">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {t.create}
          </Button>
          <Button onClick={onClose}>{cancel}</Button>
        </footer>
      </FormFrame>
    </Dialog>
  );
}
