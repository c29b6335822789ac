import { createMunicipality, type MunicipalityView } from '#contracts/partnership';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { SelectField, TextArea, TextField } from '../ui/inputs';
import { useTell } from '../ui/notices';
import { FormFrame } from '../ui/operation-form';
import { useOperationForm } from '../ui/use-operation-form';
import { DuplicateReason } from './duplicate-reason';
import { LAND_CHOICES } from './lands';
import { municipalityTexts } from './municipality-texts';

interface Values {
  readonly names: { readonly official: string };
  readonly land: string;
  readonly associationReason: string;
  readonly duplicateReason?: string;
}

interface RecordAssociationProps {
  readonly onClose: () => void;
  readonly onDone: (municipality: MunicipalityView) => void;
}

/** A German Kommunalverband: it stands in no register and is typed, with what it is founded on. */
export function RecordAssociation({ onClose, onDone }: RecordAssociationProps) {
  const { association: t } = useTexts(municipalityTexts);
  const { cancel } = useTexts(common);
  const tell = useTell();
  const state = useOperationForm(createMunicipality, {
    defaults: { names: { official: '' }, land: '', associationReason: '', duplicateReason: '' },
    // Left out by the schema they would be allowed to be, but not of an association: an empty one is refused at its field.
    request: ({ names = { official: '' }, land = '', associationReason = '', duplicateReason }: Partial<Values>) => ({
      side: 'DE' as const,
      kind: 'ASSOCIATION' as const,
      names,
      land,
      associationReason,
      duplicateReason,
    }),
    onDone: (municipality) => {
      onClose();
      tell(t.done(municipality.name));
      onDone(municipality);
    },
  });
  return (
    <Dialog title={t.label} onClose={onClose}>
      <FormFrame state={state} className="dialog-form">
        <div className="kern-dialog__body">
          <p className="kern-body">{t.lead}</p>
          <TextField name="names.official" label={t.name} />
          <SelectField name="land" label={t.land} choices={LAND_CHOICES} />
          <TextArea name="associationReason" label={t.reason} hint={t.reasonHint} rows={3} />
          <DuplicateReason problem={state.problem} />
        </div>
        <footer className="kern-dialog__footer">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {t.label}
          </Button>
          <Button onClick={onClose}>{cancel}</Button>
        </footer>
      </FormFrame>
    </Dialog>
  );
}
