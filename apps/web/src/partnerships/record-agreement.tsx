import { AgreementKind, recordAgreement } from '#contracts/partnership';
import { keepAtPartnership } from '../api/documents';
import { common } from '../i18n/common';
import { dayAfter } from '../i18n/format';
import { useTexts } from '../i18n/texts';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { DocumentField } from '../ui/document-field';
import { choicesOf, DayField, SelectField, TextField } from '../ui/inputs';
import { useTell } from '../ui/notices';
import { FormFrame } from '../ui/operation-form';
import { useOperationForm } from '../ui/use-operation-form';
import { partnershipTexts } from './texts';

/** What a council resolved has a form of its own. */
const RESOLUTION = AgreementKind.enum.COUNCIL_RESOLUTION;

interface Values {
  readonly kind: string;
  readonly signedOn: string;
  readonly documentId: string;
  readonly reference: string;
  readonly period?: { readonly from?: string; readonly to?: string };
}

export function RecordAgreement({
  partnershipId,
  onClose,
}: {
  readonly partnershipId: string;
  readonly onClose: () => void;
}) {
  const { words, ...t } = useTexts(common);
  const { agreement } = useTexts(partnershipTexts).acts;
  const tell = useTell();
  const state = useOperationForm(recordAgreement, {
    defaults: { kind: '', signedOn: '', documentId: '', reference: '', period: { from: '', to: '' } },
    request: ({ period, ...values }: Values) => ({
      ...(values as object as { kind: 'CHARTER'; signedOn: string; documentId: string }),
      partnershipId,
      ...(period && {
        period: { from: period.from ?? values.signedOn, to: period.to === undefined ? null : dayAfter(period.to) },
      }),
    }),
    onDone: () => {
      onClose();
      tell(agreement.done);
    },
  });
  return (
    <Dialog title={agreement.label} onClose={onClose}>
      <FormFrame state={state} className="dialog-form">
        <div className="kern-dialog__body">
          <SelectField
            name="kind"
            label={agreement.kind}
            choices={choicesOf(words.agreementKind).filter(({ value }) => value !== RESOLUTION)}
          />
          <DayField name="signedOn" label={agreement.signedOn} />
          <DocumentField name="documentId" label={agreement.file} hint={agreement.fileHint} keep={keepAtPartnership} />
          <TextField name="reference" label={agreement.reference} isOptional />
          <DayField name="period.from" label={agreement.from} hint={agreement.fromHint} isOptional />
          <DayField name="period.to" label={agreement.last} isOptional />
        </div>
        <footer className="kern-dialog__footer">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {agreement.label}
          </Button>
          <Button onClick={onClose}>{t.cancel}</Button>
        </footer>
      </FormFrame>
    </Dialog>
  );
}
