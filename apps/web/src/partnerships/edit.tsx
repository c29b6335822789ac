import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { changePartnership, getPartnership, type PartnershipView, type Side } from '#contracts/partnership';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { countryName } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { partnershipName } from '../i18n/names';
import { useTexts } from '../i18n/texts';
import { Button, LinkButton } from '../ui/button';
import { DayField, TextArea } from '../ui/inputs';
import { useTell } from '../ui/notices';
import { FormFrame } from '../ui/operation-form';
import { Page } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { useOperationForm } from '../ui/use-operation-form';
import type { Participant } from './participants';
import { contentOf, PartnershipFields, type PartnershipValues, valuesOf } from './partnership-fields';
import { partnershipTexts } from './texts';

export function EditPartnershipPage() {
  const { partnershipId = '' } = useParams();
  const query = useQuery(read(getPartnership, { partnershipId }));
  return <Loaded query={query}>{(partnership) => <Edit partnership={partnership} />}</Loaded>;
}

interface ChangeValues extends PartnershipValues {
  readonly on?: string;
  readonly reason: string;
}

function Edit({ partnership }: { readonly partnership: PartnershipView }) {
  const t = useTexts(partnershipTexts);
  const { words, cancel } = useTexts(common);
  const language = useLanguage();
  const navigate = useNavigate();
  const tell = useTell();
  const address = `/partnerships/${partnership.id}`;
  const chosenOf = (asked: Side): readonly Participant[] =>
    partnership.participants
      .filter(({ side }) => side === asked)
      .map(({ municipalityId, name, kind, country }) => ({
        key: municipalityId,
        name,
        detail: `${words.municipalityKind[kind]}, ${countryName(country, language)}`,
        municipalityId,
      }));
  const [german, setGerman] = useState(chosenOf('DE'));
  const [partners, setPartners] = useState(chosenOf('PARTNER'));
  const state = useOperationForm(changePartnership, {
    defaults: { ...valuesOf(partnership), on: '', reason: '' },
    request: async ({ on, reason, ...values }: ChangeValues) => ({
      partnershipId: partnership.id,
      ...(await contentOf(values, [...german, ...partners])),
      on,
      reason,
    }),
    version: partnership.version,
    onDone: () => {
      tell(t.acts.change.done);
      void navigate(address);
    },
  });
  const crumbs = [
    { label: t.list.title, to: '/partnerships' },
    { label: partnershipName(partnership.participants), to: address },
  ];
  return (
    <Page title={t.acts.change.title} crumbs={crumbs}>
      <FormFrame state={state}>
        <PartnershipFields
          german={german}
          onGerman={setGerman}
          partners={partners}
          onPartners={setPartners}
          languages={partnership.languages}
          problem={state.problem}
        />
        <fieldset className="part">
          <legend>{t.acts.change.why}</legend>
          <DayField name="on" label={t.acts.on} hint={t.acts.onHint} isOptional />
          <TextArea name="reason" label={t.acts.change.reason} hint={t.acts.change.reasonHint} rows={3} />
        </fieldset>
        <div className="buttons">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {t.acts.change.submit}
          </Button>
          <LinkButton to={address}>{cancel}</LinkButton>
        </div>
      </FormFrame>
    </Page>
  );
}
