import { useNavigate } from 'react-router';
import { importExchangeRates } from '#contracts/finance';
import { common } from '../../i18n/common';
import { useTexts } from '../../i18n/texts';
import { today } from '../../ui/calendar';
import { Button, LinkButton } from '../../ui/button';
import { DayField, TextArea, TextField } from '../../ui/inputs';
import { useTell } from '../../ui/notices';
import { FormFrame } from '../../ui/operation-form';
import { Page } from '../../ui/page';
import { useOperationForm } from '../../ui/use-operation-form';
import { ratesOf } from './rate-lines';
import { rateTexts } from './texts';

/** All rates of one source and day, one currency a line. */
export function ImportRatesPage() {
  const t = useTexts(rateTexts);
  const { cancel } = useTexts(common);
  const navigate = useNavigate();
  const tell = useTell();
  const state = useOperationForm(importExchangeRates, {
    defaults: { source: '', rateOn: today(), rates: '' },
    request: ({ rates, ...values }: { source: string; rateOn: string; rates: string }) => ({
      ...values,
      rates: ratesOf(rates),
    }),
    onDone: ({ recorded, unchanged, waiting }) => {
      tell(t.import.done(recorded, unchanged, waiting));
      void navigate('/funds/rates');
    },
  });
  return (
    <Page title={t.import.label} crumbs={[{ label: t.title, to: '/funds/rates' }]} lead={t.import.lead}>
      <FormFrame state={state}>
        <TextField name="source" label={t.source} />
        <DayField name="rateOn" label={t.rateOn} />
        <TextArea name="rates" label={t.import.lines} hint={t.import.linesHint} rows={8} />
        <div className="buttons">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {t.import.submit}
          </Button>
          <LinkButton to="/funds/rates">{cancel}</LinkButton>
        </div>
      </FormFrame>
    </Page>
  );
}
