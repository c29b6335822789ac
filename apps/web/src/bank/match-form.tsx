import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useFieldArray, useFormContext, useWatch } from 'react-hook-form';
import { type BankEntryDetail, listPaymentRuns, listPayouts, matchBankEntry } from '#contracts/finance';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { moneyText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { Button } from '../ui/button';
import { Changes } from '../ui/changes';
import { Dialog } from '../ui/dialog';
import { FieldGroup } from '../ui/field';
import { choicesOf, MoneyField, RadioField, SelectField, TextField } from '../ui/inputs';
import { useTell } from '../ui/notices';
import { FormFrame } from '../ui/operation-form';
import { useOperationForm } from '../ui/use-operation-form';
import { openAmount } from './open-amount';
import { usePayoutNames, useRunName } from './payout-names';
import { useSeen } from './seen';
import { bankTexts } from './texts';

const CHOICES_MAX = 100;
const ALLOCATIONS = 'allocations';

interface Allocation {
  readonly payoutId: string;
  readonly amount: { readonly amount: string; readonly currency: string };
}

interface Values {
  readonly paymentRunId?: string;
  readonly way?: 'run' | 'payouts';
  readonly allocations?: Allocation[];
  readonly reason?: string;
}

interface MatchFormProps {
  readonly entry: BankEntryDetail;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** What no proposal says: the cashier names the payment run, and all of it or single payments with their amounts. */
export function MatchForm({ entry, onClose, onDone }: MatchFormProps) {
  const { entry: t, matchForm } = useTexts(bankTexts);
  const { cancel } = useTexts(common);
  const tell = useTell();
  const seen = useSeen(entry);
  const [before] = useState(seen);
  const open = openAmount(entry);
  const openText = matchForm.open(moneyText(open, useLanguage()));
  const state = useOperationForm(matchBankEntry, {
    defaults: {
      paymentRunId: '',
      // What came back belongs to single payments only.
      way: entry.direction === 'CREDIT' ? 'payouts' : 'run',
      allocations: [{ payoutId: '', amount: open }],
      reason: '',
    } satisfies Values,
    request: ({ paymentRunId, way, allocations, reason }: Values) => ({
      bankEntryId: entry.id,
      ...(way === 'run' ? { paymentRunId: paymentRunId ?? '' } : { allocations: allocations ?? [] }),
      reason,
    }),
    version: entry.version,
    onDone: () => {
      onClose();
      tell(t.done);
      onDone();
    },
  });
  return (
    <Dialog title={matchForm.title} onClose={onClose}>
      <FormFrame state={state} className="dialog-form">
        <div className="kern-dialog__body">
          {state.problem?.isStale && <Changes before={before} now={seen} />}
          <p className="kern-body">{openText}</p>
          <RunField />
          {entry.direction === 'DEBIT' && (
            <RadioField name="way" label={matchForm.way} choices={choicesOf(matchForm.ways)} />
          )}
          <Allocations entry={entry} />
          <TextField name="reason" label={t.reason} isOptional />
        </div>
        <footer className="kern-dialog__footer">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {t.confirm}
          </Button>
          <Button onClick={onClose}>{cancel}</Button>
        </footer>
      </FormFrame>
    </Dialog>
  );
}

function RunField() {
  const { matchForm: t } = useTexts(bankTexts);
  const runName = useRunName();
  const language = useLanguage();
  const { data } = useQuery(
    read(listPaymentRuns, { status: ['SENT', 'SETTLING', 'BOOKED', 'REJECTED'], limit: CHOICES_MAX }),
  );
  const choices = (data?.items ?? []).map((run) => ({
    value: run.id,
    label: `${runName(run)}, ${moneyText(run.total, language)}`,
  }));
  return <SelectField name="paymentRunId" label={t.run} hint={t.runHint} choices={choices} />;
}

/** Single payments of the run that was chosen, each with its part of the entry. */
function Allocations({ entry }: { readonly entry: BankEntryDetail }) {
  const { matchForm: t } = useTexts(bankTexts);
  const { form } = useTexts(common);
  const { control } = useFormContext<Values>();
  const { fields, append, remove } = useFieldArray({ control, name: ALLOCATIONS });
  const way = useWatch<Values, 'way'>({ name: 'way' });
  const paymentRunId = useWatch<Values, 'paymentRunId'>({ name: 'paymentRunId' }) ?? '';
  const choices = usePayments(paymentRunId, entry.direction);
  if (way !== 'payouts') return null;
  if (paymentRunId === '') return <p className="kern-body">{t.chooseRun}</p>;
  return (
    <FieldGroup name={ALLOCATIONS} label={t.ways.payouts}>
      {fields.map((field, index) => (
        <div className="share" key={field.id}>
          <SelectField name={`${ALLOCATIONS}.${index}.payoutId`} label={t.payout} choices={choices} />
          <MoneyField name={`${ALLOCATIONS}.${index}.amount`} label={t.amount} currency={entry.amount.currency} />
          {fields.length > 1 && (
            <Button rank="tertiary" icon="delete" onClick={() => remove(index)}>
              <span className="kern-sr-only">{form.remove(t.remove(index + 1))}</span>
            </Button>
          )}
        </div>
      ))}
      <div>
        <Button
          icon="add"
          onClick={() => append({ payoutId: '', amount: { amount: '', currency: entry.amount.currency } })}
        >
          {t.add}
        </Button>
      </div>
    </FieldGroup>
  );
}

/** A debit books what is at the bank or was booked by hand; a credit brings back what was booked. */
function usePayments(paymentRunId: string, direction: BankEntryDetail['direction']) {
  const language = useLanguage();
  const status = direction === 'DEBIT' ? (['SENT', 'BOOKED'] as const) : (['BOOKED'] as const);
  const { data } = useQuery({
    ...read(listPayouts, { paymentRunId, status: [...status], limit: CHOICES_MAX }),
    enabled: paymentRunId !== '',
  });
  const payouts = data?.items ?? [];
  const nameOf = usePayoutNames(payouts);
  return payouts.map((payout) => ({
    value: payout.id,
    label: `${nameOf(payout)}, ${moneyText(payout.amount, language)}`,
  }));
}
