import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { listMunicipalities, type MunicipalityView } from '#contracts/partnership';
import { listAssignments } from '#contracts/staffing';
import { useAssignmentNames, useMunicipalityNames } from '../api/names';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { countryName, dayText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { Chosen } from '../ui/chosen';
import { Combobox } from '../ui/combobox';
import { Facts } from '../ui/facts';
import { Fault, useMessage } from '../ui/field';
import { choicesOf, RadioField, SelectField } from '../ui/inputs';
import { payeeTexts } from './texts';

/** Whose payee it is. Where the page was opened from an assignment that is settled. */
export function OwnerFields({ isGiven }: { readonly isGiven: boolean }) {
  const { create: t, kinds } = useTexts(payeeTexts);
  const kind = String(useWatch({ name: 'kind' }) ?? '');
  const municipalityId = String(useWatch({ name: 'municipalityId' }) ?? '');
  const townName = useMunicipalityNames(municipalityId === '' ? [] : [municipalityId]);
  if (isGiven)
    return (
      <Facts
        facts={[
          { label: t.kind, value: kind === 'EXPERT' ? kinds.EXPERT : kinds.MUNICIPALITY },
          ...(municipalityId === '' ? [] : [{ label: t.town, value: townName(municipalityId) }]),
        ]}
      />
    );
  return (
    <>
      <RadioField name="kind" label={t.kind} choices={choicesOf(kinds)} />
      {kind === 'EXPERT' && <ExpertOf />}
      {kind === 'MUNICIPALITY' && <Municipality />}
    </>
  );
}

const ASSIGNMENTS_SHOWN = 200;

/** Finance does not see who the experts are (docs/domain.md#roles); the assignment says which one it is. */
function ExpertOf() {
  const { create: t, nameOf, expert } = useTexts(payeeTexts);
  const { period } = useTexts(common);
  const language = useLanguage();
  const { data } = useQuery(
    read(listAssignments, {
      status: ['CONFIRMED', 'PREPARATION', 'ACTIVE', 'INTERRUPTED'],
      sort: ['-startsOn'],
      limit: ASSIGNMENTS_SHOWN,
    }),
  );
  const assignments = data?.items.filter(({ instrument }) => instrument !== 'LOCAL_EXPERT') ?? [];
  const assignmentName = useAssignmentNames(
    assignments.map(({ id }) => id),
    nameOf,
    expert,
  );
  return (
    <SelectField
      name="expertId"
      label={t.assignment}
      hint={t.assignmentHint}
      choices={assignments.map(({ id, expertId, period: { from } }) => ({
        value: expertId,
        label: `${assignmentName(id)}, ${period.since(dayText(from, language))}`,
      }))}
    />
  );
}

const MATCHES_SHOWN = 8;

function Municipality() {
  const { create: t } = useTexts(payeeTexts);
  const language = useLanguage();
  const { setValue } = useFormContext();
  const [chosen, choose] = useState<MunicipalityView>();
  const message = useMessage('municipalityId');
  const take = (town: MunicipalityView | undefined) => {
    choose(town);
    setValue('municipalityId', town?.id ?? '');
  };
  return (
    <>
      <Combobox<MunicipalityView>
        id="field-municipalityId"
        label={t.municipality}
        search={(q) => read(listMunicipalities, { q, side: 'PARTNER', limit: MATCHES_SHOWN })}
        keyOf={({ id }) => id}
        show={({ name, country }) => (
          <>
            {name}
            <small>{countryName(country, language)}</small>
          </>
        )}
        onChoose={take}
      />
      <Fault id="field-municipalityId-fault" message={message} />
      <Chosen
        chosen={chosen ? [{ key: chosen.id, name: chosen.name, detail: countryName(chosen.country, language) }] : []}
        onRemove={() => take(undefined)}
      />
    </>
  );
}
