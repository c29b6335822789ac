import { useTexts } from '../../i18n/texts';
import { DayField, MoneyField } from '../../ui/inputs';
import { Repeated } from '../../ui/repeated';
import { claimTexts } from './texts';

/** Days and amounts of a deferral. */
export function InstalmentsField({ currency }: { readonly currency: string }) {
  const { acts: t } = useTexts(claimTexts);
  return (
    <Repeated
      name="instalments"
      label={t.instalments}
      itemName={t.instalment}
      add={t.addInstalment}
      blank={{ dueOn: '', amount: { amount: '', currency } }}
      min={1}
    >
      {(at) => (
        <>
          <DayField name={`${at}.dueOn`} label={t.dueOn} />
          <MoneyField name={`${at}.amount`} label={t.amount} currency={currency} />
        </>
      )}
    </Repeated>
  );
}
