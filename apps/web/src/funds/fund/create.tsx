import { useNavigate } from 'react-router';
import { createFund } from '#contracts/finance';
import { useKeepDraft } from '../../api/drafts';
import { common } from '../../i18n/common';
import { useTexts } from '../../i18n/texts';
import { Button, LinkButton } from '../../ui/button';
import { NumberField, TextField } from '../../ui/inputs';
import { KeptState } from '../../ui/kept-state';
import { useTell } from '../../ui/notices';
import { FormFrame } from '../../ui/operation-form';
import { Page } from '../../ui/page';
import { useOperationForm } from '../../ui/use-operation-form';
import { WithDraft } from '../../ui/with-draft';
import { fundTexts } from './texts';

const EMPTY = { name: '', debtorAccount: { holder: '', iban: '', bic: '' }, reservationDays: 14 };
const DRAFT = 'fund';

export function CreateFundPage() {
  return (
    <WithDraft name={DRAFT} otherwise={EMPTY}>
      {(values) => <CreateFund values={values} />}
    </WithDraft>
  );
}

function CreateFund({ values: begun }: { readonly values: typeof EMPTY }) {
  const { create: t, list } = useTexts(fundTexts);
  const { cancel } = useTexts(common);
  const navigate = useNavigate();
  const tell = useTell();
  const state = useOperationForm(createFund, {
    defaults: begun,
    request: (values: typeof EMPTY) => values,
    onDone: ({ id }) => {
      void keeping.forget();
      tell(t.done);
      void navigate(`/funds/${id}`);
    },
  });
  const keeping = useKeepDraft(state.form, { name: DRAFT, title: t.title, address: '/funds/new' });
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
        <KeptState keeping={keeping} />
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
