import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  addAgreementFile,
  type AgreementView,
  listAgreements,
  type PartnershipView,
  recordAgreement,
} from '#contracts/partnership';
import { keepAtPartnership } from '../api/documents';
import { mayCall } from '../api/may';
import { read } from '../api/query';
import { useSession } from '../api/use-session';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { act } from '../ui/act';
import { ActButton } from '../ui/act-button';
import { Button } from '../ui/button';
import { DocumentField } from '../ui/document-field';
import { FileLink } from '../ui/document-link';
import { List } from '../ui/list';
import { Section } from '../ui/page';
import { Day, Period } from '../ui/values';
import { RecordAgreement } from './record-agreement';
import { RecordResolution } from './record-resolution';
import { partnershipTexts } from './texts';

/** The agreements of a partnership and what councils resolved, with their files; recording another one. */
export function Agreements({ partnership }: { readonly partnership: PartnershipView }) {
  const t = useTexts(partnershipTexts);
  const { words } = useTexts(common);
  const { roles } = useSession();
  const [open, setOpen] = useState<'agreement' | 'resolution'>();
  const { id: partnershipId, participants } = partnership;
  const query = useQuery(read(listAgreements, { partnershipId }));
  const { agreement: columns, agreements, noAgreements } = t.page;
  const close = () => setOpen(undefined);
  const councilOf = ({ council }: AgreementView) =>
    council &&
    [
      t.councilBodies[council.body],
      participants.find(({ municipalityId }) => municipalityId === council.municipalityId)?.name,
    ]
      .filter((part) => part !== undefined)
      .join(', ');
  return (
    <Section
      title={agreements}
      acts={
        mayCall(recordAgreement, roles) && (
          <>
            <Button onClick={() => setOpen('agreement')}>{t.acts.agreement.label}</Button>
            <Button onClick={() => setOpen('resolution')}>{t.acts.resolution.label}</Button>
          </>
        )
      }
    >
      <List
        query={query}
        caption={agreements}
        keyOf={({ id }) => id}
        empty={noAgreements}
        columns={[
          {
            title: columns.kind,
            isHeading: true,
            cell: (agreement) => (
              <div>
                {words.agreementKind[agreement.kind]}
                {agreement.council && <div>{councilOf(agreement)}</div>}
              </div>
            ),
          },
          { title: columns.signedOn, cell: ({ signedOn }) => <Day value={signedOn} /> },
          {
            title: columns.period,
            // A resolution is the will to agree: nothing comes into force by it.
            cell: ({ kind, period }) => (kind === 'COUNCIL_RESOLUTION' ? '–' : <Period value={period} />),
          },
          { title: columns.reference, cell: ({ reference }) => reference ?? '–' },
          { title: columns.file, cell: (agreement) => <File of={agreement} /> },
          { title: columns.recordedBy, cell: ({ recordedBy }) => recordedBy },
        ]}
      />
      {open === 'agreement' && <RecordAgreement partnershipId={partnershipId} onClose={close} />}
      {open === 'resolution' && <RecordResolution partnership={partnership} onClose={close} />}
    </Section>
  );
}

/** The file of an agreement, or a way to add it. */
function File({ of: { id: agreementId, partnershipId, kind, file } }: { readonly of: AgreementView }) {
  const { page, acts } = useTexts(partnershipTexts);
  const { words } = useTexts(common);
  const { roles } = useSession();
  if (file) {
    return (
      <FileLink href={`/v1/partnerships/${partnershipId}/agreements/${agreementId}/file`}>{file.fileName}</FileLink>
    );
  }
  if (!mayCall(addAgreementFile, roles)) return page.agreement.noFile;
  const { label, done, file: fileLabel, fileHint } = acts.agreementFile;
  return (
    <ActButton
      act={act({
        operation: addAgreementFile,
        label: label(words.agreementKind[kind]),
        done,
        fixed: { partnershipId, agreementId },
        fields: {
          documentId: {
            label: fileLabel,
            render: () => (
              <DocumentField name="documentId" label={fileLabel} hint={fileHint} keep={keepAtPartnership} />
            ),
          },
        },
      })}
    />
  );
}
