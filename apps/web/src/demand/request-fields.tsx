import { useQueries } from '@tanstack/react-query';
import { useFormContext, useWatch } from 'react-hook-form';
import { getPartnership, listPartnerships, type PartnershipSummary } from '#contracts/partnership';
import type { z } from 'zod';
import { usePartnershipNames } from '../api/names';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { partnershipName } from '../i18n/names';
import { useTexts } from '../i18n/texts';
import { Chosen } from '../ui/chosen';
import { Combobox } from '../ui/combobox';
import { Fault, useMessage } from '../ui/field';
import { FieldShares } from '../ui/field-shares';
import { choicesOf, DayField, NumberField, SelectField, TextArea, TextField } from '../ui/inputs';
import { demandTexts } from './texts';

const MATCHES_SHOWN = 8;

/** The joint request in four topics, for writing it and for changing it. */
export function RequestFields() {
  const { form: t } = useTexts(demandTexts);
  const { words } = useTexts(common);
  return (
    <>
      <fieldset className="part">
        <legend>{t.who}</legend>
        <Partnerships />
        <PlaceOfWork />
      </fieldset>
      <fieldset className="part">
        <legend>{t.what}</legend>
        <TextField name="title" label={t.title} hint={t.titleHint} />
        <TextArea name="situation" label={t.situation} hint={t.situationHint} rows={6} />
        <TextArea name="goal" label={t.goal} hint={t.goalHint} rows={6} />
        <TextArea name="tasks" label={t.tasks} rows={6} />
      </fieldset>
      <fieldset className="part">
        <legend>{t.fieldsPart}</legend>
        <FieldShares />
      </fieldset>
      <fieldset className="part">
        <legend>{t.whenPart}</legend>
        <DayField name="desiredPeriod.from" label={t.from} />
        <DayField name="desiredPeriod.to" label={t.last} />
        <SelectField
          name="preferredInstrument"
          label={t.instrument}
          hint={t.instrumentHint}
          choices={choicesOf(words.instrument)}
          isOptional
        />
        <NumberField name="numberOfExperts" label={t.number} hint={t.numberHint} isOptional />
      </fieldset>
    </>
  );
}

function usePartnershipIds(): readonly string[] {
  return (useWatch({ name: 'partnershipIds' }) as readonly string[] | undefined) ?? [];
}

function Partnerships() {
  const { form: t } = useTexts(demandTexts);
  const { setValue } = useFormContext();
  const ids = usePartnershipIds();
  const nameOf = usePartnershipNames(ids);
  const set = (next: readonly string[]) => setValue('partnershipIds', next, { shouldDirty: true });
  const message = useMessage('partnershipIds');
  return (
    <div className="stack">
      <Combobox<z.infer<typeof PartnershipSummary>>
        id="field-partnershipIds"
        label={t.partnershipSearch}
        hint={t.partnershipHint}
        search={(q) => read(listPartnerships, { q, status: ['ACTIVE', 'PROPOSED'], limit: MATCHES_SHOWN })}
        keyOf={({ id }) => id}
        show={({ participants }) => partnershipName(participants)}
        onChoose={({ id }) => set([...new Set([...ids, id])])}
      />
      <Fault id="field-partnershipIds-fault" message={message} />
      <Chosen
        chosen={ids.map((id) => ({ key: id, name: nameOf(id) }))}
        onRemove={(key) => set(ids.filter((id) => id !== key))}
      />
    </div>
  );
}

/** Where the expert works: a town of the partner side that takes part. */
function PlaceOfWork() {
  const { form: t } = useTexts(demandTexts);
  const partnerships = useQueries({
    queries: usePartnershipIds().map((partnershipId) => read(getPartnership, { partnershipId })),
  });
  const towns = partnerships.flatMap(({ data }) => data?.participants.filter(({ side }) => side === 'PARTNER') ?? []);
  const choices = [
    ...new Map(
      towns.map(({ municipalityId, name }) => [municipalityId, { value: municipalityId, label: name }]),
    ).values(),
  ];
  return (
    <SelectField name="placeOfWorkMunicipalityId" label={t.placeOfWork} hint={t.placeOfWorkHint} choices={choices} />
  );
}
