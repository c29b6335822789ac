import { type CouncilBody, type PartnershipView, recordAgreement } from '#contracts/partnership';
import { keepAtPartnership } from '../api/documents';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { DocumentField } from '../ui/document-field';
import { choicesOf, DayField, SelectField, TextField } from '../ui/inputs';
import { useTell } from '../ui/notices';
import { FormFrame } from '../ui/operation-form';
import { useOperationForm } from '../ui/use-operation-form';
import { partnershipTexts } from './texts';

interface Values {
  readonly signedOn: string;
  readonly reference: string;
  readonly documentId?: string;
  readonly council: { readonly body: CouncilBody | ''; readonly municipalityId?: string };
}

/** What a council decided, when, and under which number it is found. */
export function RecordResolution({
  partnership: { id: partnershipId, participants },
  onClose,
}: {
  readonly partnership: PartnershipView;
  readonly onClose: () => void;
}) {
  const { cancel } = useTexts(common);
  const { acts, councilBodies } = useTexts(partnershipTexts);
  const { resolution: t } = acts;
  const tell = useTell();
  const state = useOperationForm(recordAgreement, {
    defaults: { signedOn: '', reference: '', documentId: '', council: { body: '', municipalityId: '' } },
    request: (values: Values) => ({
      ...(values as Values & { council: { body: CouncilBody } }),
      partnershipId,
      kind: 'COUNCIL_RESOLUTION' as const,
    }),
    onDone: () => {
      onClose();
      tell(t.done);
    },
  });
  return (
    <Dialog title={t.label} onClose={onClose}>
      <FormFrame state={state} className="dialog-form">
        <div className="kern-dialog__body">
          <SelectField name="council.body" label={t.body} choices={choicesOf(councilBodies)} />
          <SelectField
            name="council.municipalityId"
            label={t.municipality}
            isOptional
            choices={participants.map(({ municipalityId, name }) => ({ value: municipalityId, label: name }))}
          />
          <DayField name="signedOn" label={t.on} />
          <TextField name="reference" label={t.reference} hint={t.referenceHint} />
          <DocumentField name="documentId" label={t.file} hint={t.fileHint} isOptional keep={keepAtPartnership} />
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
