import { useNavigate } from 'react-router';
import { createFund } from '#contracts/finance';
import { common } from '../../i18n/common';
import { useTexts } from '../../i18n/texts';
import { Button, LinkButton } from '../../ui/button';
import { NumberField, TextField } from '../../ui/inputs';
import { useTell } from '../../ui/notices';
import { FormFrame } from '../../ui/operation-form';
import { Page } from '../../ui/page';
import { keptOf, useKept } from '../../ui/use-kept';
import { useOperationForm } from '../../ui/use-operation-form';
import { fundTexts } from './texts';

const EMPTY = { name: '', debtorAccount: { holder: '', iban: '', bic: '' }, reservationDays: 14 };
const KEPT = 'fund';

export function CreateFundPage() {
  const { create: t, list } = useTexts(fundTexts);
  const { cancel } = useTexts(common);
  const navigate = useNavigate();
  const tell = useTell();
  const state = useOperationForm(createFund, {
    defaults: keptOf(KEPT, EMPTY),
    request: (values: typeof EMPTY) => values,
    onDone: ({ id }) => {
      forget();
      tell(t.done);
      void navigate(`/funds/${id}`);
    },
  });
  const forget = useKept(KEPT, state.form);
  return (
    <Page title={t.title} crumbs={[{ label: list.title, to: '/funds' }]} lead={t.lead}>
      <FormFrame state={state}>
        <TextField name="name" label={t.name} />
        <fieldset className="part">
          <legend>{t.account}</legend>
          <TextField name="debtorAccount.holder" label={t.holder} hint={t.holderHint} />
          <TextField name="debtorAccount.iban" label={t.iban} />
          <TextField name="debtorAccount.bic" label={t.bic} />
        </fieldset>
        <NumberField name="reservationDays" label={t.reservationDays} hint={t.reservationHint} />
        <div className="buttons">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {t.title}
          </Button>
          <LinkButton to="/funds">{cancel}</LinkButton>
        </div>
      </FormFrame>
    </Page>
  );
}
