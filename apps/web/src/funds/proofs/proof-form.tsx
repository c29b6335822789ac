import { useQuery } from '@tanstack/react-query';
import { useWatch } from 'react-hook-form';
import { listExchangeRates, type ProofOfUseView } from '#contracts/finance';
import { read } from '../../api/query';
import { dayText, moneyText } from '../../i18n/format';
import { useLanguage } from '../../i18n/language';
import { useTexts } from '../../i18n/texts';
import { keepAtFinance } from '../../api/documents';
import { DocumentField } from '../../ui/document-field';
import { ANY_CURRENCY, choicesOf, DayField, MoneyField, SelectField, TextArea, TextField } from '../../ui/inputs';
import { Repeated } from '../../ui/repeated';
import { fundsTexts } from '../texts';
import { BLANK_RECEIPT, type ReceiptValues, sumOfReceipts } from './proof-values';
import { proofTexts } from './texts';

/**
 * The fields of a proof of use, for a form that holds `ProofValues`: the narrative, what was spent by kind, receipts and inventory.
 * Where the values come from and where they are kept is the business of the page around it.
 */
export function ProofFields({ proof }: { readonly proof: ProofOfUseView }) {
  const { form: t, item } = useTexts(proofTexts);
  const { currency, lines } = proof;
  return (
    <>
      <TextArea name="narrative" label={t.narrative} rows={10} />
      <fieldset className="part">
        <legend>{t.actual}</legend>
        {lines.map((line, index) => (
          <Line key={line.category} line={line} index={index} currency={currency} />
        ))}
        <MoneyField name="ownShareActual" label={t.ownShare} currency={currency} isOptional />
      </fieldset>
      <Repeated name="receipts" label={t.receipts} itemName={t.receipt} add={t.addReceipt} blank={BLANK_RECEIPT}>
        {(at) => <Receipt at={at} lines={lines} />}
      </Repeated>
      <Repeated
        name="inventory"
        label={t.inventory}
        hint={t.inventoryHint}
        isOptional
        itemName={t.item}
        add={t.addItem}
        blank={{
          number: '',
          name: '',
          value: { amount: '', currency },
          acquiredOn: '',
          receiptNumber: '',
          location: '',
        }}
      >
        {(at) => (
          <>
            <TextField name={`${at}.name`} label={item.name} />
            <TextField name={`${at}.number`} label={item.number} />
            <MoneyField name={`${at}.value`} label={item.value} currency={currency} />
            <DayField name={`${at}.acquiredOn`} label={item.acquiredOn} />
            <TextField name={`${at}.receiptNumber`} label={item.receiptNumber} />
            <TextField name={`${at}.location`} label={item.location} />
          </>
        )}
      </Repeated>
    </>
  );
}

function Line({
  line: { category, planned },
  index,
  currency,
}: {
  readonly line: ProofOfUseView['lines'][number];
  readonly index: number;
  readonly currency: string;
}) {
  const { form: t } = useTexts(proofTexts);
  const { categories } = useTexts(fundsTexts);
  const language = useLanguage();
  const receipts = useWatch({ name: 'receipts' }) as readonly ReceiptValues[] | undefined;
  const sum = sumOfReceipts(receipts, category, currency);
  const hint = [
    t.planned(moneyText(planned, language)),
    ...(sum ? [t.receiptsSum(moneyText(sum, language))] : []),
  ].join(' ');
  const at = `actual.${index}`;
  return (
    <div className="repeated" role="group" aria-label={categories[category]}>
      <MoneyField name={`${at}.actual`} label={`${categories[category]}: ${t.spent}`} hint={hint} currency={currency} />
      <TextArea name={`${at}.explanation`} label={t.explanation} rows={2} isOptional />
    </div>
  );
}

function Receipt({ at, lines }: { readonly at: string; readonly lines: ProofOfUseView['lines'] }) {
  const { receipt: t } = useTexts(proofTexts);
  const { categories } = useTexts(fundsTexts);
  const language = useLanguage();
  const currency = useWatch({ name: `${at}.amount.currency` }) as string | undefined;
  const isForeign = currency !== undefined && currency !== 'EUR' && /^[A-Z]{3}$/.test(currency);
  const { data } = useQuery({
    ...read(listExchangeRates, { currency: currency ?? '' }),
    enabled: isForeign,
  });
  const rates = (data?.items ?? []).map(({ id, rateOn, rate, source }) => ({
    value: id,
    label: `${dayText(rateOn, language)}: ${rate} (${source})`,
  }));
  const own = choicesOf(categories).filter(({ value }) => lines.some(({ category }) => category === value));
  return (
    <>
      <TextField name={`${at}.number`} label={t.number} />
      <TextField name={`${at}.payee`} label={t.payee} />
      <SelectField name={`${at}.category`} label={t.category} choices={own} />
      <DayField name={`${at}.paidOn`} label={t.paidOn} />
      <MoneyField name={`${at}.amount`} label={t.amount} currency={ANY_CURRENCY} />
      {isForeign && <SelectField name={`${at}.exchangeRateId`} label={t.rate} hint={t.rateHint} choices={rates} />}
      <DocumentField
        name={`${at}.documentId`}
        hashName={`${at}.sha256`}
        label={t.file}
        hint={t.fileHint}
        keep={keepAtFinance}
      />
    </>
  );
}
