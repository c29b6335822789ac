import { useState } from 'react';
import { endMunicipalityIdentifier, type MunicipalityView } from '#contracts/partnership';
import { mayCall } from '../api/may';
import { useSession } from '../api/use-session';
import { useTexts } from '../i18n/texts';
import { act } from '../ui/act';
import { ActDialog } from '../ui/act-dialog';
import { Button } from '../ui/button';
import { Section } from '../ui/page';
import { Table } from '../ui/table';
import { Day } from '../ui/values';
import { municipalityTexts } from './municipality-texts';
import { partnershipTexts } from './texts';

type Identifier = MunicipalityView['identifiers'][number];

/** Every identifier with its days: an old file carries an old one. */
export function MunicipalityKeys({ municipality }: { readonly municipality: MunicipalityView }) {
  const { municipality: t } = useTexts(partnershipTexts);
  const { roles } = useSession();
  const { identifiers, endedOn } = municipality;
  if (identifiers.length === 0) return null;
  const mayEnd = endedOn === null && mayCall(endMunicipalityIdentifier, roles);
  return (
    <Section title={t.keys.title}>
      <Table
        caption={t.keys.title}
        rows={identifiers}
        keyOf={({ scheme, value, validFrom }) => `${scheme} ${value} ${validFrom ?? ''}`}
        columns={[
          { title: t.keys.scheme, isHeading: true, cell: ({ scheme }) => t.schemes[scheme] },
          { title: t.keys.value, cell: ({ value }) => value },
          { title: t.keys.from, cell: ({ validFrom }) => validFrom !== null && <Day value={validFrom} /> },
          {
            title: t.keys.to,
            cell: (identifier) =>
              identifier.validTo !== null ? (
                <Day value={identifier.validTo} />
              ) : (
                mayEnd && <EndKey municipality={municipality} identifier={identifier} />
              ),
          },
        ]}
      />
    </Section>
  );
}

function EndKey({
  municipality: { id, version },
  identifier: { scheme, value },
}: {
  readonly municipality: MunicipalityView;
  readonly identifier: Identifier;
}) {
  const { endKey: t, reason } = useTexts(municipalityTexts).acts;
  const { schemes } = useTexts(partnershipTexts).municipality;
  const [isOpen, setOpen] = useState(false);
  const label = t.one(`${schemes[scheme]} ${value}`);
  return (
    <>
      <Button rank="tertiary" aria-label={`${t.label}: ${schemes[scheme]} ${value}`} onClick={() => setOpen(true)}>
        {t.label}
      </Button>
      {isOpen && (
        <ActDialog
          act={act({
            operation: endMunicipalityIdentifier,
            label,
            done: t.done,
            ask: t.ask,
            fixed: { municipalityId: id, scheme, value },
            fields: { on: { label: t.on }, reason: { label: reason, rows: 3 } },
          })}
          version={version}
          seen={{}}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
