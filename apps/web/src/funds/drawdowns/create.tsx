import { useNavigate } from 'react-router';
import type { z } from 'zod';
import { createDrawdown } from '#contracts/finance';
import { useKeepDraft } from '../../api/drafts';
import { common } from '../../i18n/common';
import { useTexts } from '../../i18n/texts';
import { today } from '../../ui/calendar';
import { Button, LinkButton } from '../../ui/button';
import { FieldGroup } from '../../ui/field';
import { choicesOf, DayField, MoneyField, SelectField, TextArea, TextField } from '../../ui/inputs';
import { KeptState } from '../../ui/kept-state';
import { useTell } from '../../ui/notices';
import { FormFrame } from '../../ui/operation-form';
import { Page } from '../../ui/page';
import { useOperationForm } from '../../ui/use-operation-form';
import { WithDraft } from '../../ui/with-draft';
import { useFundChoices } from '../fund-names';
import { fundsTexts } from '../texts';
import { drawdownTexts } from './texts';

type Request = z.input<typeof createDrawdown.request>;
type Amount = Request['parts'][number]['amount'];

interface Values {
  readonly fundId: string;
  readonly approvalReference: string;
  readonly ruleSet: string;
  readonly sepa?: Partial<Amount>;
  readonly nonSepa?: Partial<Amount>;
  readonly justification: string;
  readonly requestedOn: string;
  readonly receivedOn?: string;
}

const DRAFT = 'drawdown';

/** Money called from the financier, one amount for each place of spending. */
export function CreateDrawdownPage() {
  const otherwise: Values = {
    fundId: '',
    approvalReference: '',
    ruleSet: '',
    justification: '',
    requestedOn: today(),
    receivedOn: '',
  };
  return (
    <WithDraft name={DRAFT} otherwise={otherwise}>
      {(values) => <CreateDrawdown values={values} />}
    </WithDraft>
  );
}

function CreateDrawdown({ values: begun }: { readonly values: Values }) {
  const { form: t, list } = useTexts(drawdownTexts);
  const { cancel } = useTexts(common);
  const { ruleSets, fund } = useTexts(fundsTexts);
  const navigate = useNavigate();
  const tell = useTell();
  const state = useOperationForm(createDrawdown, {
    defaults: begun,
    request: ({ sepa, nonSepa, ruleSet, ...values }: Values): Request => ({
      ...values,
      ruleSet: ruleSet as Request['ruleSet'],
      parts: [
        ...(sepa?.amount === undefined ? [] : [{ place: 'SEPA' as const, amount: sepa as Amount }]),
        ...(nonSepa?.amount === undefined ? [] : [{ place: 'NON_SEPA' as const, amount: nonSepa as Amount }]),
      ],
    }),
    onDone: ({ id }) => {
      void keeping.forget();
      tell(t.done);
      void navigate(`/funds/drawdowns/${id}`);
    },
  });
  const keeping = useKeepDraft(state.form, { name: DRAFT, title: t.title, address: '/funds/drawdowns/new' });
  return (
    <Page title={t.title} crumbs={[{ label: list.title, to: '/funds/drawdowns' }]} lead={t.lead}>
      <FormFrame state={state}>
        <SelectField name="fundId" label={fund} choices={useFundChoices()} />
        <TextField name="approvalReference" label={t.reference} />
        <SelectField name="ruleSet" label={t.ruleSet} choices={choicesOf(ruleSets)} />
        <FieldGroup name="parts" label={t.parts}>
          <MoneyField name="sepa" label={t.sepa} currency="EUR" isOptional />
          <MoneyField name="nonSepa" label={t.nonSepa} currency="EUR" isOptional />
        </FieldGroup>
        <TextArea name="justification" label={t.justification} hint={t.justificationHint} />
        <DayField name="requestedOn" label={t.requestedOn} />
        <DayField name="receivedOn" label={t.receivedOn} isOptional />
        <KeptState keeping={keeping} />
        <div className="buttons">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {t.title}
          </Button>
          <LinkButton to="/funds/drawdowns">{cancel}</LinkButton>
        </div>
      </FormFrame>
    </Page>
  );
}
