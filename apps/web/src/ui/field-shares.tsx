import { useFieldArray, useFormContext, useWatch } from 'react-hook-form';
import { common } from '../i18n/common';
import { localized } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { Button } from './button';
import { FieldGroup } from './field';
import { NumberField, SelectField } from './inputs';
import { useFieldsOfAction } from '../api/fields-of-action';

const NAME = 'fieldsOfAction';

/** Fields of action and their shares; their sum is shown while it is made. */
export function FieldShares() {
  const t = useTexts(common);
  const language = useLanguage();
  const { control } = useFormContext();
  const { fields, append, remove } = useFieldArray({ control, name: NAME });
  const { data } = useFieldsOfAction();
  const choices = (data?.items ?? []).map(({ key, name }) => ({ value: key, label: localized(name, language) }));
  return (
    <FieldGroup name={NAME} label={t.fields.title}>
      {fields.map((field, index) => (
        <div className="share" key={field.id}>
          <SelectField name={`${NAME}.${index}.key`} label={t.fields.field} choices={choices} />
          <NumberField name={`${NAME}.${index}.percent`} label={t.fields.percent} />
          {fields.length > 1 && (
            <Button rank="tertiary" icon="delete" onClick={() => remove(index)}>
              <span className="kern-sr-only">{t.form.remove(`${t.fields.field} ${index + 1}`)}</span>
            </Button>
          )}
        </div>
      ))}
      <Sum />
      <div>
        <Button icon="add" onClick={() => append({ key: '', percent: '' })}>
          {t.fields.add}
        </Button>
      </div>
    </FieldGroup>
  );
}

function Sum() {
  const t = useTexts(common);
  const shares = useWatch({ name: NAME }) as readonly { readonly percent: unknown }[] | undefined;
  const sum = (shares ?? []).reduce((total, { percent }) => total + (Number.parseInt(String(percent), 10) || 0), 0);
  return (
    <p className="kern-body" role="status">
      {t.fields.sum(sum)}
    </p>
  );
}
