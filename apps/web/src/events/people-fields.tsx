import { useController, useFieldArray, useFormContext, useWatch } from 'react-hook-form';
import { ACCESSIBILITY_NEEDS, type AccessibilityNeedKind, REGISTRATION_SEATS_MAX } from '#contracts/events';
import { useTexts } from '../i18n/texts';
import { Button } from '../ui/button';
import { Fault, Field, fieldId, useMessage } from '../ui/field';
import { TextField } from '../ui/inputs';
import { NOBODY, type PersonValues } from './people';
import { eventTexts } from './texts';

interface PeopleFieldsProps {
  readonly name: string;
  readonly hint?: string;
  /** One at least stays on screen. */
  readonly isNeeded?: boolean;
  readonly label: string;
}

/** The people of a party, each with an address and what is needed to take part. */
export function PeopleFields({ name, label, hint, isNeeded }: PeopleFieldsProps) {
  const { register: t } = useTexts(eventTexts);
  const { control } = useFormContext();
  const { fields, append, remove } = useFieldArray({ control, name });
  const message = useMessage(name);
  const id = fieldId(name);
  return (
    <fieldset className="part" id={id} tabIndex={-1}>
      <legend>{label}</legend>
      {hint !== undefined && <p className="kern-body">{hint}</p>}
      <Fault id={`${id}-fault`} message={message} />
      {fields.map((field, index) => (
        <fieldset className="one-of-several" key={field.id}>
          <legend className="kern-label">{t.person(index + 1)}</legend>
          <PersonFields name={`${name}.${index}`} />
          {(fields.length > 1 || !isNeeded) && (
            <div>
              <Button rank="tertiary" icon="delete" onClick={() => remove(index)}>
                {t.remove(t.person(index + 1))}
              </Button>
            </div>
          )}
        </fieldset>
      ))}
      {fields.length < REGISTRATION_SEATS_MAX && (
        <div>
          <Button icon="add" onClick={() => append(NOBODY)}>
            {t.add}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

export function PersonFields({ name }: { readonly name: string }) {
  const { register: t } = useTexts(eventTexts);
  const person = useWatch({ name: `${name}.name` }) as string | undefined;
  return (
    <>
      <TextField name={`${name}.name`} label={t.name} autoComplete="off" />
      <TextField name={`${name}.email`} label={t.email} autoComplete="off" />
      <details className="waiting">
        <summary>{t.needs}</summary>
        <Needs name={`${name}.accessibilityNeeds`} label={t.needsOf(person?.trim() || t.name)} />
      </details>
    </>
  );
}

function Needs({ name, label }: { readonly name: string; readonly label: string }) {
  const { register: t, needs } = useTexts(eventTexts);
  const { field } = useController({ name });
  const chosen = (field.value ?? []) as PersonValues['accessibilityNeeds'];
  const noteOf = (kind: string) => chosen.find((need) => need.kind === kind)?.note ?? '';
  const isChosen = (kind: string) => chosen.some((need) => need.kind === kind);
  const toggle = (kind: AccessibilityNeedKind) =>
    field.onChange(
      isChosen(kind) ? chosen.filter((need) => need.kind !== kind) : [...chosen, { kind, note: noteOf(kind) }],
    );
  const id = fieldId(name);
  return (
    <fieldset className="kern-fieldset several" id={id}>
      <legend className="kern-label">{label}</legend>
      <div className="kern-hint">{t.needsHint}</div>
      <div className="kern-fieldset__body">
        {ACCESSIBILITY_NEEDS.map((kind) => (
          <div className="kern-form-check" key={kind}>
            <input
              className="kern-form-check__checkbox"
              type="checkbox"
              id={`${id}-${kind}`}
              checked={isChosen(kind)}
              onChange={() => toggle(kind)}
            />
            <label className="kern-label" htmlFor={`${id}-${kind}`}>
              {needs[kind]}
            </label>
          </div>
        ))}
      </div>
      {chosen.map(({ kind, note }, index) => (
        <Field
          key={kind}
          name={`${name}.${index}.note`}
          label={t.note(needs[kind as AccessibilityNeedKind])}
          isOptional
        >
          {(links) => (
            <input
              {...links}
              className="kern-form-input__input"
              type="text"
              autoComplete="off"
              value={note}
              onChange={({ target }) =>
                field.onChange(chosen.map((need) => (need.kind === kind ? { kind, note: target.value } : need)))
              }
            />
          )}
        </Field>
      ))}
    </fieldset>
  );
}
