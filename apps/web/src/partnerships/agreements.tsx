import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { listAgreements, recordAgreement } from '#contracts/partnership';
import { mayCall } from '../api/may';
import { read } from '../api/query';
import { useSession } from '../api/use-session';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Button } from '../ui/button';
import { List } from '../ui/list';
import { Section } from '../ui/page';
import { Day, Period } from '../ui/values';
import { RecordAgreement } from './record-agreement';
import { partnershipTexts } from './texts';

/** The signed documents of a partnership, and recording another one. */
export function Agreements({ partnershipId }: { readonly partnershipId: string }) {
  const t = useTexts(partnershipTexts);
  const { words } = useTexts(common);
  const { roles } = useSession();
  const [isOpen, setOpen] = useState(false);
  const query = useQuery(read(listAgreements, { partnershipId }));
  const { agreement, agreements, noAgreements } = t.page;
  return (
    <Section
      title={agreements}
      acts={mayCall(recordAgreement, roles) && <Button onClick={() => setOpen(true)}>{t.acts.agreement.label}</Button>}
    >
      <List
        query={query}
        caption={agreements}
        keyOf={({ id }) => id}
        empty={noAgreements}
        columns={[
          { title: agreement.kind, isHeading: true, cell: ({ kind }) => words.agreementKind[kind] },
          { title: agreement.signedOn, cell: ({ signedOn }) => <Day value={signedOn} /> },
          { title: agreement.period, cell: ({ period }) => <Period value={period} /> },
          { title: agreement.reference, cell: ({ reference }) => reference ?? '–' },
          { title: agreement.recordedBy, cell: ({ recordedBy }) => recordedBy },
        ]}
      />
      {isOpen && <RecordAgreement partnershipId={partnershipId} onClose={() => setOpen(false)} />}
    </Section>
  );
}
