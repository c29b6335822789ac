import type { ChangeEvent, FocusEvent } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { accountText, countryName } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { Field } from '../ui/field';
import { choicesOf, RadioField, TextField } from '../ui/inputs';
import { Notice } from '../ui/notice';
import { type AccountValues, countryOfIban, ibanFault, isBic, looksLikeIban } from './account';
import { payeeTexts } from './texts';

/** An account, each part checked as soon as it is left: a wrong digit is found while the paper is still in the hand. */
export function AccountFields({ name }: { readonly name: string }) {
  const { account: t } = useTexts(payeeTexts);
  const { accountKind, bankAccount } = useWatch<AccountValues>();
  const holder = bankAccount?.holder?.trim() ?? '';
  return (
    <>
      <RadioField name="accountKind" label={t.kind} choices={choicesOf(t.kinds)} />
      <TextField name="bankAccount.holder" label={t.holder} hint={t.holderHint} />
      {holder !== '' && name !== '' && holder !== name && (
        <Notice tone="warning" title={t.otherHolder(name)} role="status" />
      )}
      {accountKind === 'OTHER' ? <OtherNumber /> : <Iban />}
      <Bic isOptional={accountKind !== 'OTHER'} />
      <TextField name="bankAccount.currency" label={t.currency} />
    </>
  );
}

function Iban() {
  const { account: t } = useTexts(payeeTexts);
  const language = useLanguage();
  const check = useCheck('bankAccount.iban', (iban) => {
    const fault = ibanFault(iban);
    return fault && t.ibanFaults[fault];
  });
  const iban = String(useWatch({ name: 'bankAccount.iban' }) ?? '');
  const isRight = iban !== '' && ibanFault(iban) === undefined;
  return (
    <>
      <Field name="bankAccount.iban" label={t.iban}>
        {(links) => <input {...links} {...check} type="text" autoComplete="off" spellCheck={false} className={INPUT} />}
      </Field>
      <div role="status" className="kern-body kern-body--small">
        {isRight &&
          t.ibanRight(
            accountText({ iban: iban.replaceAll(/\s/g, '').toUpperCase(), accountNumber: null }),
            countryName(countryOfIban(iban), language),
          )}
      </div>
    </>
  );
}

function OtherNumber() {
  const { account: t } = useTexts(payeeTexts);
  const check = useCheck('bankAccount.accountNumber', (typed) => (looksLikeIban(typed) ? t.numberIsIban : undefined));
  return (
    <Field name="bankAccount.accountNumber" label={t.number}>
      {(links) => <input {...links} {...check} type="text" autoComplete="off" spellCheck={false} className={INPUT} />}
    </Field>
  );
}

function Bic({ isOptional }: { readonly isOptional: boolean }) {
  const { account: t } = useTexts(payeeTexts);
  const check = useCheck('bankAccount.bic', (bic) => (isBic(bic) ? undefined : t.bicFault));
  return (
    <Field name="bankAccount.bic" label={t.bic} hint={t.bicHint} isOptional={isOptional}>
      {(links) => <input {...links} {...check} type="text" autoComplete="off" spellCheck={false} className={INPUT} />}
    </Field>
  );
}

const INPUT = 'kern-form-input__input';

/** An input that says what is wrong with it when it is left, until it is right. */
function useCheck(name: string, faultOf: (value: string) => string | undefined) {
  const { register, setError, clearErrors } = useFormContext();
  const messageOf = ({ target: { value } }: ChangeEvent<HTMLInputElement> | FocusEvent<HTMLInputElement>) =>
    value.trim() === '' ? undefined : faultOf(value);
  return register(name, {
    // Not only when it is left: the form would move under the pointer that leaves it for a button, and the click would be lost.
    onChange: (event: ChangeEvent<HTMLInputElement>) => {
      if (messageOf(event) === undefined) clearErrors(name);
    },
    onBlur: (event: FocusEvent<HTMLInputElement>) => {
      const message = messageOf(event);
      if (message === undefined) clearErrors(name);
      else setError(name, { type: 'refused', message });
    },
  });
}
