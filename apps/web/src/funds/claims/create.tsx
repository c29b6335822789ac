import { useNavigate } from 'react-router';
import type { z } from 'zod';
import { createClaim } from '#contracts/finance';
import { useKeepDraft } from '../../api/drafts';
import { common } from '../../i18n/common';
import { useTexts } from '../../i18n/texts';
import { Button, LinkButton } from '../../ui/button';
import { choicesOf, DayField, MoneyField, SelectField, TextArea, TextField } from '../../ui/inputs';
import { KeptState } from '../../ui/kept-state';
import { useTell } from '../../ui/notices';
import { FormFrame } from '../../ui/operation-form';
import { Page } from '../../ui/page';
import { useOperationForm } from '../../ui/use-operation-form';
import { WithDraft } from '../../ui/with-draft';
import { useFundChoices } from '../fund-names';
import { fundsTexts } from '../texts';
import { claimTexts } from './texts';

type Request = z.input<typeof createClaim.request>;
type Values = Omit<Request, 'ruleSet' | 'ground' | 'id'> & { readonly ruleSet: string; readonly ground: string };

const DRAFT = 'claim';
const EMPTY: Values = {
  fundId: '',
  debtorName: '',
  ruleSet: '',
  ground: '',
  reason: '',
  amount: { amount: '', currency: 'EUR' },
  interestFrom: '',
};

export function CreateClaimPage() {
  return (
    <WithDraft name={DRAFT} otherwise={EMPTY}>
      {(values) => <CreateClaim values={values} />}
    </WithDraft>
  );
}

function CreateClaim({ values: begun }: { readonly values: typeof EMPTY }) {
  const { form: t, list, grounds } = useTexts(claimTexts);
  const { cancel } = useTexts(common);
  const { ruleSets, fund } = useTexts(fundsTexts);
  const navigate = useNavigate();
  const tell = useTell();
  const state = useOperationForm(createClaim, {
    defaults: begun,
    request: (values: Values) => values as Request,
    onDone: ({ id }) => {
      void keeping.forget();
      tell(t.done);
      void navigate(`/funds/claims/${id}`);
    },
  });
  const keeping = useKeepDraft(state.form, { name: DRAFT, title: list.create, address: '/funds/claims/new' });
  return (
    <Page title={list.create} crumbs={[{ label: list.title, to: '/funds/claims' }]} lead={t.lead}>
      <FormFrame state={state}>
        <SelectField name="fundId" label={fund} choices={useFundChoices()} />
        <TextField name="debtorName" label={t.debtor} />
        <SelectField name="ruleSet" label={t.ruleSet} choices={choicesOf(ruleSets)} />
        <SelectField name="ground" label={t.ground} choices={choicesOf(grounds)} />
        <TextArea name="reason" label={t.reason} />
        <MoneyField name="amount" label={t.amount} currency="EUR" />
        <DayField name="interestFrom" label={t.interestFrom} hint={t.interestHint} />
        <KeptState keeping={keeping} />
        <div className="buttons">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {list.create}
          </Button>
          <LinkButton to="/funds/claims">{cancel}</LinkButton>
        </div>
      </FormFrame>
    </Page>
  );
}
