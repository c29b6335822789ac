import { useFormContext, useWatch } from 'react-hook-form';
import type { EventView } from '#contracts/events';
import { listMunicipalities, type MunicipalityView } from '#contracts/partnership';
import { useMunicipalityNames } from '../api/names';
import { read } from '../api/query';
import { shortName } from '../i18n/names';
import { useTexts } from '../i18n/texts';
import { Chosen } from '../ui/chosen';
import { Combobox } from '../ui/combobox';
import { Fault, useMessage } from '../ui/field';
import { choicesOf, RadioField } from '../ui/inputs';
import { eventTexts } from './texts';

const MATCHES_SHOWN = 8;

/** For whom an organiser registers: the town decides the group, a person without one chooses it. */
export function TownField() {
  const { register: t } = useTexts(eventTexts);
  const { setValue } = useFormContext();
  const id = useWatch({ name: 'municipalityId' }) as string;
  const nameOf = useMunicipalityNames(id ? [id] : []);
  return (
    <div className="stack">
      <Combobox<MunicipalityView>
        id="field-municipalityId"
        label={t.town}
        hint={t.townHint}
        search={(q) => read(listMunicipalities, { q, limit: MATCHES_SHOWN })}
        keyOf={(town) => town.id}
        show={({ name }) => shortName(name)}
        onChoose={({ id: chosen, side }) => {
          setValue('municipalityId', chosen);
          setValue('group', side === 'DE' ? 'GERMAN_SIDE' : 'PARTNER_SIDE');
        }}
      />
      <Fault id="field-municipalityId-fault" message={useMessage('municipalityId')} />
      <Chosen
        chosen={id ? [{ key: id, name: nameOf(id), detail: t.townChosen }] : []}
        onRemove={() => setValue('municipalityId', '')}
      />
    </div>
  );
}

export function GroupField() {
  const { register: t, groups } = useTexts(eventTexts);
  return <RadioField name="group" label={t.group} hint={t.groupHint} choices={choicesOf(groups)} />;
}

/** How a party takes part, where the event leaves a choice. */
export function ModeField({ mode }: Pick<EventView, 'mode'>) {
  const { register: t, modes } = useTexts(eventTexts);
  if (mode !== 'HYBRID') return null;
  const { ON_SITE, ONLINE } = modes;
  return <RadioField name="attendanceMode" label={t.mode} choices={choicesOf({ ON_SITE, ONLINE })} />;
}
