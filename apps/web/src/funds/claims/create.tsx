import { useNavigate } from 'react-router';
import type { z } from 'zod';
import { createClaim } from '#contracts/finance';
import { common } from '../../i18n/common';
import { useTexts } from '../../i18n/texts';
import { Button, LinkButton } from '../../ui/button';
import { choicesOf, DayField, MoneyField, SelectField, TextArea, TextField } from '../../ui/inputs';
import { useTell } from '../../ui/notices';
import { FormFrame } from '../../ui/operation-form';
import { Page } from '../../ui/page';
import { keptOf, useKept } from '../../ui/use-kept';
import { useOperationForm } from '../../ui/use-operation-form';
import { useFundChoices } from '../fund-names';
import { fundsTexts } from '../texts';
import { claimTexts } from './texts';

type Request = z.input<typeof createClaim.request>;
type Values = Omit<Request, 'ruleSet' | 'ground' | 'id'> & { readonly ruleSet: string; readonly ground: string };

const KEPT = 'claim';
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
  const { form: t, list, grounds } = useTexts(claimTexts);
  const { cancel } = useTexts(common);
  const { ruleSets, fund } = useTexts(fundsTexts);
  const navigate = useNavigate();
  const tell = useTell();
  const state = useOperationForm(createClaim, {
    defaults: keptOf(KEPT, EMPTY),
    request: (values: Values) => values as Request,
    onDone: ({ id }) => {
      forget();
      tell(t.done);
      void navigate(`/funds/claims/${id}`);
    },
  });
  const forget = useKept(KEPT, state.form);
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
