import { useQuery } from '@tanstack/react-query';
import { useFormContext, useWatch } from 'react-hook-form';
import type { z } from 'zod';
import { listPartnerships, listProjects, type PartnershipSummary } from '#contracts/partnership';
import { usePartnershipNames } from '../api/names';
import { read } from '../api/query';
import { partnershipName } from '../i18n/names';
import { useTexts } from '../i18n/texts';
import { Chosen } from '../ui/chosen';
import { Combobox } from '../ui/combobox';
import { Fault, fieldId, useMessage } from '../ui/field';
import { SelectField } from '../ui/inputs';
import { Repeated } from '../ui/repeated';
import { resultTexts } from './texts';

const MATCHES_SHOWN = 8;
const PROJECTS_SHOWN = 50;

export interface OriginValues {
  readonly partnershipId: string;
  readonly projectId?: string;
  readonly assignmentId?: string;
}

/** The partnerships that share a result, each with the project that it comes from. */
export function OriginFields() {
  const { form: t, list } = useTexts(resultTexts);
  return (
    <Repeated
      name="origins"
      label={t.origins}
      hint={t.originsHint}
      itemName={t.originName}
      add={list.origin}
      blank={{ partnershipId: '', projectId: '' }}
      min={1}
    >
      {(at) => <Origin at={at} />}
    </Repeated>
  );
}

function Origin({ at }: { readonly at: string }) {
  const { form: t } = useTexts(resultTexts);
  const { setValue } = useFormContext();
  const name = `${at}.partnershipId`;
  const partnershipId = (useWatch({ name }) as string | undefined) ?? '';
  const nameOf = usePartnershipNames(partnershipId === '' ? [] : [partnershipId]);
  const { data } = useQuery({
    ...read(listProjects, { partnershipId, limit: PROJECTS_SHOWN }),
    enabled: partnershipId !== '',
  });
  const set = (id: string) => {
    setValue(name, id, { shouldDirty: true });
    setValue(`${at}.projectId`, '');
  };
  return (
    <div className="stack">
      <Combobox<z.infer<typeof PartnershipSummary>>
        id={fieldId(name)}
        label={t.partnershipSearch}
        hint={t.partnershipHint}
        search={(q) => read(listPartnerships, { q, limit: MATCHES_SHOWN })}
        keyOf={({ id }) => id}
        show={({ participants }) => partnershipName(participants)}
        onChoose={({ id }) => set(id)}
      />
      <Fault id={`${fieldId(name)}-fault`} message={useMessage(name)} />
      <Chosen
        chosen={partnershipId === '' ? [] : [{ key: partnershipId, name: nameOf(partnershipId) }]}
        onRemove={() => set('')}
      />
      {(data?.items.length ?? 0) > 0 && (
        <SelectField
          name={`${at}.projectId`}
          label={t.project}
          empty={t.whole}
          isOptional
          choices={(data?.items ?? []).map(({ id, title }) => ({ value: id, label: title }))}
        />
      )}
    </div>
  );
}

/** As the request wants it: what was left open is not named. */
export function originsOf(origins: readonly OriginValues[]) {
  return origins.map(({ partnershipId, projectId, assignmentId }) => ({
    partnershipId,
    ...(projectId && { projectId }),
    ...(assignmentId && { assignmentId }),
  }));
}
