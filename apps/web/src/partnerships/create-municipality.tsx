import { createMunicipality, type MunicipalityView } from '#contracts/partnership';
import { useCountries } from '../api/countries';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { choicesOf, RadioField, SelectField, TextField } from '../ui/inputs';
import { useTell } from '../ui/notices';
import { FormFrame } from '../ui/operation-form';
import { useOperationForm } from '../ui/use-operation-form';
import { partnershipTexts } from './texts';

interface Values {
  readonly names: { readonly official: string; readonly local?: string; readonly latin?: string };
  readonly country: string;
  readonly kind: string;
}

interface CreateMunicipalityProps {
  readonly onClose: () => void;
  readonly onDone: (municipality: MunicipalityView) => void;
}

const GERMANY = 'DE';

/** A town of the partner side that nobody has recorded yet. */
export function CreateMunicipality({ onClose, onDone }: CreateMunicipalityProps) {
  const t = useTexts(partnershipTexts);
  const { words, cancel } = useTexts(common);
  const tell = useTell();
  const countries = useCountries().filter(({ value }) => value !== GERMANY);
  const state = useOperationForm(createMunicipality, {
    defaults: { names: { official: '', local: '', latin: '' }, country: '', kind: '' },
    request: ({ names, country, kind }: Values) => ({ side: 'PARTNER' as const, names, country, kind: kind as 'CITY' }),
    onDone: (municipality) => {
      onDone(municipality);
      onClose();
      tell(t.create.newDone(municipality.name));
    },
  });
  return (
    <Dialog title={t.create.newMunicipality} onClose={onClose}>
      <FormFrame state={state} className="dialog-form">
        <div className="kern-dialog__body">
          <TextField name="names.official" label={t.municipality.officialName} />
          <TextField name="names.local" label={t.municipality.localName} isOptional />
          <TextField name="names.latin" label={t.municipality.latinName} isOptional />
          <SelectField name="country" label={t.municipality.country} choices={countries} />
          <RadioField name="kind" label={t.municipality.kind} choices={choicesOf(words.municipalityKind)} />
        </div>
        <footer className="kern-dialog__footer">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {t.create.newMunicipality}
          </Button>
          <Button onClick={onClose}>{cancel}</Button>
        </footer>
      </FormFrame>
    </Dialog>
  );
}
