import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { createPartnership } from '#contracts/partnership';
import { usePartnershipNames } from '../api/names';
import type { Problem } from '../api/problem';
import { common } from '../i18n/common';
import { dayAfter } from '../i18n/format';
import { useTexts } from '../i18n/texts';
import { Button, LinkButton } from '../ui/button';
import { Fault, useMessage } from '../ui/field';
import { choicesOf, DayField, RadioField, TextArea } from '../ui/inputs';
import { Notice } from '../ui/notice';
import { useTell } from '../ui/notices';
import { FormFrame } from '../ui/operation-form';
import { Page } from '../ui/page';
import { useOperationForm } from '../ui/use-operation-form';
import { FieldShares } from '../ui/field-shares';
import { LanguagesField } from './languages-field';
import { GermanParticipants, PartnerParticipants } from './participants-field';
import { type Participant, recordedIds } from './participants';
import { partnershipTexts } from './texts';

interface Values {
  readonly kind: string;
  readonly languages: readonly string[];
  readonly fieldsOfAction: readonly { readonly key: string; readonly percent: unknown }[];
  readonly period?: { readonly from?: string; readonly to?: string };
  readonly duplicateReason?: string;
}

/** Both sides, what they agreed and what they work on. German towns come from the official register. */
export function CreatePartnershipPage() {
  const t = useTexts(partnershipTexts);
  const { words, cancel } = useTexts(common);
  const navigate = useNavigate();
  const tell = useTell();
  const [german, setGerman] = useState<readonly Participant[]>([]);
  const [partners, setPartners] = useState<readonly Participant[]>([]);
  const state = useOperationForm(createPartnership, {
    defaults: {
      kind: '',
      languages: [],
      fieldsOfAction: [{ key: '', percent: '100' }],
      period: { from: '', to: '' },
    },
    request: async (values: Values) => ({
      kind: values.kind as 'PARTNERSHIP',
      languages: [...(values.languages ?? [])],
      fieldsOfAction: (values.fieldsOfAction ?? []) as { key: string; percent: number }[],
      participants: (await recordedIds([...german, ...partners])).map((municipalityId) => ({ municipalityId })),
      duplicateReason: values.duplicateReason,
      ...(values.period && {
        period: {
          from: values.period.from ?? '',
          to: values.period.to === undefined ? null : dayAfter(values.period.to),
        },
      }),
    }),
    onDone: ({ id }) => {
      tell(t.create.done);
      void navigate(`/partnerships/${id}`);
    },
  });
  return (
    <Page title={t.create.title} crumbs={[{ label: t.list.title, to: '/partnerships' }]}>
      <FormFrame state={state}>
        <fieldset className="part" id="field-participants" tabIndex={-1}>
          <legend>{t.create.german}</legend>
          <ParticipantsFault />
          <GermanParticipants chosen={german} onChange={setGerman} />
        </fieldset>
        <fieldset className="part">
          <legend>{t.create.partner}</legend>
          <PartnerParticipants chosen={partners} onChange={setPartners} />
        </fieldset>
        <fieldset className="part">
          <legend>{t.create.agreed}</legend>
          <RadioField name="kind" label={t.create.kind} choices={choicesOf(words.partnershipKind)} />
          <LanguagesField />
          <DayField name="period.from" label={t.create.from} isOptional />
          <DayField name="period.to" label={t.create.last} hint={t.create.lastHint} isOptional />
        </fieldset>
        <FieldShares />
        <DuplicateReason problem={state.problem} />
        <div className="buttons">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {t.create.submit}
          </Button>
          <LinkButton to="/partnerships">{cancel}</LinkButton>
        </div>
      </FormFrame>
    </Page>
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

function ParticipantsFault() {
  const { create } = useTexts(partnershipTexts);
  return <Fault id="field-participants-fault" message={useMessage('participants') && create.bothSides} />;
}
