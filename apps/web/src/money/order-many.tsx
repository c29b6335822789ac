import { useEffect, useEffectEvent, useState } from 'react';
import { z } from 'zod';
import { orderPayouts, type PayoutView } from '#contracts/finance';
import { common } from '../i18n/common';
import { moneyText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { useTell } from '../ui/notices';
import { FormFrame } from '../ui/operation-form';
import { useLeft } from '../ui/step-up';
import { sumOf } from '../ui/sum-of';
import { useOperationForm } from '../ui/use-operation-form';
import { officeTexts } from './texts';

/** What the form keeps while its person confirms who they are. */
const chosenIn = z.object({ chosen: z.array(z.string()) }).transform(({ chosen }) => chosen);

interface OrderManyProps {
  readonly payouts: readonly PayoutView[];
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
}

/** Several payments ordered with one act, all or none, each as the orderer saw it. */
export function OrderMany({ payouts, chosen, onChoose }: OrderManyProps) {
  const { order: t } = useTexts(officeTexts);
  const left = useLeft([orderPayouts]);
  const [isOpen, setOpen] = useState(left !== undefined);
  const again = useEffectEvent(() => {
    if (left) onChoose(new Set(chosenIn.parse(left.values)));
  });
  useEffect(() => again(), []);
  const picked = payouts.filter(({ id }) => chosen.has(id));
  const sum = useSum(picked);
  return (
    <div className="buttons">
      <Button onClick={() => onChoose(new Set(payouts.map(({ id }) => id)))}>{t.chooseAll}</Button>
      {picked.length > 0 && (
        <>
          <Button rank="primary" onClick={() => setOpen(true)}>
            {t.orderMany}
          </Button>
          <span className="kern-body" role="status">
            {t.chosen(picked.length, sum)}
          </span>
        </>
      )}
      {isOpen && picked.length > 0 && (
        <OrderDialog
          payouts={picked}
          onClose={() => {
            setOpen(false);
            onChoose(new Set());
          }}
        />
      )}
    </div>
  );
}

function OrderDialog({
  payouts: picked,
  onClose,
}: {
  readonly payouts: readonly PayoutView[];
  readonly onClose: () => void;
}) {
  const { order: t } = useTexts(officeTexts);
  const { cancel } = useTexts(common);
  const tell = useTell();
  // As the person saw them, whatever the list behind it says by now.
  const [payouts] = useState(picked);
  const sum = useSum(payouts);
  const state = useOperationForm(orderPayouts, {
    defaults: { chosen: payouts.map(({ id }) => id) },
    request: () => ({ payouts: payouts.map(({ id, version }) => ({ payoutId: id, version })) }),
    onDone: ({ ordered }) => {
      tell(t.ordered(ordered));
      onClose();
    },
  });
  return (
    <Dialog title={t.orderMany} onClose={onClose}>
      <FormFrame state={state} className="dialog-form">
        <div className="kern-dialog__body">
          <p className="kern-body">{t.orderAsk(payouts.length, sum)}</p>
        </div>
        <footer className="kern-dialog__footer">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {t.orderMany}
          </Button>
          <Button onClick={onClose}>{cancel}</Button>
        </footer>
      </FormFrame>
    </Dialog>
  );
}

function useSum(payouts: readonly PayoutView[]): string {
  const language = useLanguage();
  return sumOf(payouts.flatMap(({ amount }) => amount ?? []))
    .map((money) => moneyText(money, language))
    .join(' + ');
}
