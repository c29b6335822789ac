import { useWatch } from 'react-hook-form';
import { useTexts } from '../../i18n/texts';
import { FieldGroup } from '../../ui/field';
import { CheckField, choicesOf, DayField, MoneyField, SelectField, TextArea, TextField } from '../../ui/inputs';
import { proofTexts } from './texts';

const NAME = 'claim';

/** The claim that is drafted with the acceptance, where money is to come back. */
export function ClaimFields({ currency }: { readonly currency: string }) {
  const { acts: t, grounds } = useTexts(proofTexts);
  const isWanted = useWatch({ name: `${NAME}.isWanted` }) as boolean | undefined;
  return (
    <FieldGroup name={NAME} label={t.claim} isOptional>
      <CheckField name={`${NAME}.isWanted`} label={t.withClaim} />
      {isWanted && (
        <>
          <TextField name={`${NAME}.debtorName`} label={t.debtor} />
          <SelectField name={`${NAME}.ground`} label={t.ground} choices={choicesOf(grounds)} />
          <TextArea name={`${NAME}.reason`} label={t.claimReason} />
          <MoneyField name={`${NAME}.amount`} label={t.amount} currency={currency} />
          <DayField name={`${NAME}.interestFrom`} label={t.interestFrom} />
        </>
      )}
    </FieldGroup>
  );
}

/** Only a claim that is wanted is sent. */
export function claimSent(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('isWanted' in value)) return value;
  const { isWanted, ...claim } = value;
  return isWanted === true ? claim : undefined;
}
