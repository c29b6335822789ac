import { Link } from 'react-router';
import type { PartnershipView } from '#contracts/partnership';
import { usePartnershipNames } from '../api/names';
import type { Problem } from '../api/problem';
import { common } from '../i18n/common';
import { dayAfter, lastDayOf } from '../i18n/format';
import { useTexts } from '../i18n/texts';
import { Fault, useMessage } from '../ui/field';
import { FieldShares } from '../ui/field-shares';
import { choicesOf, DayField, RadioField, TextArea } from '../ui/inputs';
import { Notice } from '../ui/notice';
import { EndedParticipant } from './ended-participant';
import { LanguagesField } from './languages-field';
import { type Participant, recordedIds } from './participants';
import { GermanParticipants, PartnerParticipants } from './participants-field';
import { partnershipTexts } from './texts';

/** What the form holds of a partnership beside its towns. */
export interface PartnershipValues {
  readonly kind: string;
  readonly languages: readonly string[];
  readonly fieldsOfAction: readonly { readonly key: string; readonly percent: unknown }[];
  readonly period?: { readonly from?: string; readonly to?: string };
  readonly duplicateReason?: string;
}

export const EMPTY: PartnershipValues = {
  kind: '',
  languages: [],
  fieldsOfAction: [{ key: '', percent: '100' }],
  period: { from: '', to: '' },
};

export function valuesOf({ kind, languages, fieldsOfAction, period }: PartnershipView): PartnershipValues {
  return {
    kind,
    languages,
    fieldsOfAction: fieldsOfAction.map(({ key, percent }) => ({ key, percent: String(percent) })),
    period: { from: period?.from ?? '', to: period?.to ? lastDayOf(period.to) : '' },
  };
}

/** As the request wants it; towns of the register that are not yet recorded are. */
export async function contentOf(values: PartnershipValues, participants: readonly Participant[]) {
  const { kind, languages, fieldsOfAction, period, duplicateReason } = values;
  return {
    kind: kind as 'PARTNERSHIP',
    languages: [...(languages ?? [])],
    fieldsOfAction: (fieldsOfAction ?? []) as { key: string; percent: number }[],
    participants: (await recordedIds(participants)).map((municipalityId) => ({ municipalityId })),
    duplicateReason,
    ...(period && {
      period: { from: period.from ?? '', to: period.to === undefined ? null : dayAfter(period.to) },
    }),
  };
}

type Chosen = readonly Participant[];

export interface PartnershipFieldsProps {
  readonly german: Chosen;
  readonly onGerman: (chosen: Chosen) => void;
  readonly partners: Chosen;
  readonly onPartners: (chosen: Chosen) => void;
  readonly languages: readonly string[];
  readonly problem: Problem | undefined;
}

/** Both sides, what they agreed and what they work on. German towns come from the official register. */
export function PartnershipFields({
  german,
  onGerman,
  partners,
  onPartners,
  languages,
  problem,
}: PartnershipFieldsProps) {
  const { create: t } = useTexts(partnershipTexts);
  const { words } = useTexts(common);
  return (
    <>
      <fieldset className="part" id="field-participants" tabIndex={-1}>
        <legend>{t.german}</legend>
        <Fault id="field-participants-fault" message={useMessage('participants') && t.bothSides} />
        <GermanParticipants chosen={german} onChange={onGerman} />
      </fieldset>
      <fieldset className="part">
        <legend>{t.partner}</legend>
        <PartnerParticipants chosen={partners} onChange={onPartners} />
      </fieldset>
      <fieldset className="part">
        <legend>{t.agreed}</legend>
        <RadioField name="kind" label={t.kind} choices={choicesOf(words.partnershipKind)} />
        <LanguagesField said={languages} />
        <DayField name="period.from" label={t.from} isOptional />
        <DayField name="period.to" label={t.last} hint={t.lastHint} isOptional />
      </fieldset>
      <FieldShares />
      <EndedParticipant problem={problem} />
      <DuplicateReason problem={problem} />
    </>
  );
}

/** Once these towns are found to have such a partnership: which, and why this is another one all the same. */
function DuplicateReason({ problem }: { readonly problem: Problem | undefined }) {
  const { create: t } = useTexts(partnershipTexts);
  const known = problem?.code === 'PARTNERSHIP_DUPLICATE_LIKELY' ? problem.details.partnershipIds : undefined;
  const ids = Array.isArray(known) ? known.map(String) : [];
  const nameOf = usePartnershipNames(ids);
  if (ids.length === 0) return null;
  return (
    <>
      <Notice tone="warning" title={t.duplicate}>
        <ul className="kern-list kern-list--bullet">
          {ids.map((id) => (
            <li key={id}>
              <Link className="kern-link" to={`/partnerships/${id}`} target="_blank">
                {nameOf(id)}
              </Link>
            </li>
          ))}
        </ul>
      </Notice>
      <TextArea name="duplicateReason" label={t.duplicateReason} hint={t.duplicateReasonHint} rows={2} />
    </>
  );
}
