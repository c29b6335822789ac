import { useState } from 'react';
import { useNavigate } from 'react-router';
import { createPartnership } from '#contracts/partnership';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Button, LinkButton } from '../ui/button';
import { useTell } from '../ui/notices';
import { FormFrame } from '../ui/operation-form';
import { Page } from '../ui/page';
import { useOperationForm } from '../ui/use-operation-form';
import type { Participant } from './participants';
import { contentOf, EMPTY, PartnershipFields, type PartnershipValues } from './partnership-fields';
import { partnershipTexts } from './texts';

export function CreatePartnershipPage() {
  const t = useTexts(partnershipTexts);
  const { cancel } = useTexts(common);
  const navigate = useNavigate();
  const tell = useTell();
  const [german, setGerman] = useState<readonly Participant[]>([]);
  const [partners, setPartners] = useState<readonly Participant[]>([]);
  const state = useOperationForm(createPartnership, {
    defaults: EMPTY,
    request: (values: PartnershipValues) => contentOf(values, [...german, ...partners]),
    onDone: ({ id }) => {
      tell(t.create.done);
      void navigate(`/partnerships/${id}`);
    },
  });
  return (
    <Page title={t.create.title} crumbs={[{ label: t.list.title, to: '/partnerships' }]}>
      <FormFrame state={state}>
        <PartnershipFields
          german={german}
          onGerman={setGerman}
          partners={partners}
          onPartners={setPartners}
          languages={EMPTY.languages}
          problem={state.problem}
        />
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
