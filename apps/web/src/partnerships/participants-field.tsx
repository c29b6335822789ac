import { useState } from 'react';
import {
  listMunicipalities,
  listRegisterEntries,
  type MunicipalityView,
  type RegisterEntryView,
} from '#contracts/partnership';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { countryName, dayText, numberText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { Button } from '../ui/button';
import { Chosen } from '../ui/chosen';
import { Combobox } from '../ui/combobox';
import { CreateMunicipality } from './create-municipality';
import type { Participant } from './participants';
import { partnershipTexts } from './texts';

interface ParticipantsProps {
  readonly chosen: readonly Participant[];
  readonly onChange: (chosen: readonly Participant[]) => void;
}

const MATCHES_SHOWN = 8;

/** German towns, found in the official register while typing. */
export function GermanParticipants({ chosen, onChange }: ParticipantsProps) {
  const { create } = useTexts(partnershipTexts);
  const language = useLanguage();
  const detailOf = ({ designation, district, land, population }: RegisterEntryView) =>
    [
      designation,
      district?.name,
      land.name,
      population === null ? '' : create.inhabitants(numberText(population, language)),
    ]
      .filter(Boolean)
      .join(', ');
  return (
    <>
      <Combobox<RegisterEntryView>
        id="german-search"
        label={create.germanSearch}
        hint={create.germanHint}
        search={(q) =>
          read(listRegisterEntries, { q, limit: MATCHES_SHOWN, kind: ['CITY', 'MUNICIPALITY', 'DISTRICT'] })
        }
        keyOf={({ key }) => key}
        show={(entry) => (
          <Option name={entry.name} detail={detailOf(entry)} isRecorded={entry.municipalityId !== null} />
        )}
        onChoose={(entry) =>
          onChange(
            withOne(chosen, {
              key: entry.key,
              name: entry.name,
              detail: detailOf(entry),
              municipalityId: entry.municipalityId,
            }),
          )
        }
      />
      <Chosen chosen={chosen} onRemove={(gone) => onChange(chosen.filter(({ key }) => key !== gone))} />
    </>
  );
}

/** Towns of the partner side that are recorded, or are recorded now. */
export function PartnerParticipants({ chosen, onChange }: ParticipantsProps) {
  const { create, municipality } = useTexts(partnershipTexts);
  const { words } = useTexts(common);
  const language = useLanguage();
  const [isOpen, setOpen] = useState(false);
  const detailOf = ({ kind, country, endedOn }: MunicipalityView) =>
    [
      words.municipalityKind[kind],
      countryName(country, language),
      endedOn === null ? '' : municipality.endedOn(dayText(endedOn, language)),
    ]
      .filter(Boolean)
      .join(', ');
  const add = (town: MunicipalityView) =>
    onChange(withOne(chosen, { key: town.id, name: town.name, detail: detailOf(town), municipalityId: town.id }));
  return (
    <>
      <Combobox<MunicipalityView>
        id="partner-search"
        label={create.partnerSearch}
        hint={create.partnerHint}
        search={(q) => read(listMunicipalities, { q, side: 'PARTNER', limit: MATCHES_SHOWN })}
        keyOf={({ id }) => id}
        show={(town) => <Option name={town.name} detail={detailOf(town)} isRecorded={false} />}
        onChoose={add}
      />
      <Chosen chosen={chosen} onRemove={(gone) => onChange(chosen.filter(({ key }) => key !== gone))} />
      <div>
        <Button icon="add" onClick={() => setOpen(true)}>
          {create.newMunicipality}
        </Button>
      </div>
      {isOpen && <CreateMunicipality onClose={() => setOpen(false)} onDone={add} />}
    </>
  );
}

function Option({
  name,
  detail,
  isRecorded,
}: {
  readonly name: string;
  readonly detail: string;
  readonly isRecorded: boolean;
}) {
  const { create } = useTexts(partnershipTexts);
  return (
    <>
      {name}
      <small>{isRecorded ? `${detail} – ${create.recorded}` : detail}</small>
    </>
  );
}

function withOne(chosen: readonly Participant[], one: Participant): readonly Participant[] {
  return chosen.some(({ key }) => key === one.key) ? chosen : [...chosen, one];
}
