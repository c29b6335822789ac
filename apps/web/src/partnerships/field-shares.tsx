import { useFieldArray, useFormContext, useWatch } from 'react-hook-form';
import { common } from '../i18n/common';
import { localized } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { Button } from '../ui/button';
import { FieldGroup } from '../ui/field';
import { NumberField, SelectField } from '../ui/inputs';
import { useFieldsOfAction } from './field-names';
import { partnershipTexts } from './texts';

const NAME = 'fieldsOfAction';

/** Fields of action and their shares; their sum is shown while it is made. */
export function FieldShares() {
  const { create } = useTexts(partnershipTexts);
  const t = useTexts(common);
  const language = useLanguage();
  const { control } = useFormContext();
  const { fields, append, remove } = useFieldArray({ control, name: NAME });
  const { data } = useFieldsOfAction();
  const choices = (data?.items ?? []).map(({ key, name }) => ({ value: key, label: localized(name, language) }));
  return (
    <FieldGroup name={NAME} label={create.fields}>
      {fields.map((field, index) => (
        <div className="share" key={field.id}>
          <SelectField name={`${NAME}.${index}.key`} label={create.field} choices={choices} />
          <NumberField name={`${NAME}.${index}.percent`} label={create.percent} />
          {fields.length > 1 && (
            <Button rank="tertiary" icon="delete" onClick={() => remove(index)}>
              <span className="kern-sr-only">{t.form.remove(`${create.field} ${index + 1}`)}</span>
            </Button>
          )}
        </div>
      ))}
      <Sum />
      <div>
        <Button icon="add" onClick={() => append({ key: '', percent: '' })}>
          {create.addField}
        </Button>
      </div>
    </FieldGroup>
  );
}

function Sum() {
  const { create } = useTexts(partnershipTexts);
  const shares = useWatch({ name: NAME }) as readonly { readonly percent: unknown }[] | undefined;
  const sum = (shares ?? []).reduce((total, { percent }) => total + (Number.parseInt(String(percent), 10) || 0), 0);
  return (
    <p className="kern-body" role="status">
      {create.sum(sum)}
    </p>
  );
}
