import { useFormContext } from 'react-hook-form';
import { languageName } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { FieldGroup } from '../ui/field';
import { partnershipTexts } from './texts';

/** The languages that partnerships of the fund work in. */
const OFFERED = ['de', 'en', 'fr', 'es', 'pt', 'ar', 'uk', 'sw'] as const;

export function LanguagesField() {
  const { create } = useTexts(partnershipTexts);
  const language = useLanguage();
  const { register } = useFormContext();
  return (
    <FieldGroup isMany name="languages" label={create.languages}>
      {OFFERED.map((code) => (
        <div className="kern-form-check" key={code}>
          <input
            className="kern-form-check__checkbox"
            type="checkbox"
            id={`field-languages-${code}`}
            value={code}
            {...register('languages')}
          />
          <label className="kern-label" htmlFor={`field-languages-${code}`}>
            {languageName(code, language)}
          </label>
        </div>
      ))}
    </FieldGroup>
  );
}
