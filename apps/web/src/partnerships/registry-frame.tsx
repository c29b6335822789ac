import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import { createMunicipality } from '#contracts/partnership';
import { mayCall } from '../api/may';
import { useSession } from '../api/use-session';
import { useTexts } from '../i18n/texts';
import { Button } from '../ui/button';
import { Filters } from '../ui/filters';
import { Page } from '../ui/page';
import { Tabs } from '../ui/tabs';
import { municipalityTexts } from './municipality-texts';
import { RecordAssociation } from './record-association';
import { partnershipTexts } from './texts';

/** Municipalities in three registers: those that are recorded, all of Germany, and the places of the world. */
export function RegistryFrame({ filters, children }: { readonly filters: ReactNode; readonly children: ReactNode }) {
  const { list: t, association } = useTexts(municipalityTexts);
  const { list } = useTexts(partnershipTexts);
  const { roles } = useSession();
  const navigate = useNavigate();
  const [isOpen, setOpen] = useState(false);
  return (
    <Page
      title={t.title}
      crumbs={[{ label: list.title, to: '/partnerships' }]}
      acts={
        mayCall(createMunicipality, roles) && (
          <div className="buttons">
            <Button onClick={() => setOpen(true)}>{association.label}</Button>
          </div>
        )
      }
    >
      <Tabs
        label={t.views}
        tabs={[
          { label: t.recorded, to: '/municipalities', isWhole: true },
          { label: t.register, to: '/municipalities/register' },
          { label: t.places, to: '/municipalities/places' },
        ]}
      />
      <Filters>{filters}</Filters>
      {children}
      {isOpen && (
        <RecordAssociation onClose={() => setOpen(false)} onDone={({ id }) => void navigate(`/municipalities/${id}`)} />
      )}
    </Page>
  );
}
