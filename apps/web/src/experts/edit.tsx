import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { changeExpert, type ExpertView, getExpert } from '#contracts/staffing';
import { read } from '../api/query';
import { useSession } from '../api/use-session';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Button, LinkButton } from '../ui/button';
import { Changes } from '../ui/changes';
import { choicesOf, SelectField, TextArea } from '../ui/inputs';
import { useTell } from '../ui/notices';
import { FormFrame } from '../ui/operation-form';
import { Page } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { useOperationForm } from '../ui/use-operation-form';
import { DuplicateReason } from './duplicates';
import { ExpertFields } from './expert-fields';
import { contentOf, type ExpertValues, valuesOf } from './expert-values';
import { nameOf } from './names';
import { useSeen } from './seen';
import { expertTexts } from './texts';

export function EditExpertPage() {
  const { expertId = '' } = useParams();
  const query = useQuery(read(getExpert, { expertId }));
  return <Loaded query={query}>{(expert) => <Edit expert={expert} />}</Loaded>;
}

/** The record corrected as a whole. Who keeps the pool says from which paper and why; for the own record nobody asks. */
function Edit({ expert }: { readonly expert: ExpertView }) {
  const { edit: t, form: words, list, documents, expert: somebody } = useTexts(expertTexts);
  const { cancel } = useTexts(common);
  const navigate = useNavigate();
  const tell = useTell();
  const { expertId } = useSession();
  const seen = useSeen(expert);
  const [before] = useState(seen);
  const isOwn = expertId === expert.id;
  const back = `/experts/${expert.id}`;
  const state = useOperationForm(changeExpert, {
    defaults: valuesOf(expert),
    request: ({ document, duplicateReason, reason, ...values }: ExpertValues) => ({
      expertId: expert.id,
      ...contentOf(values),
      document: document as 'PASSPORT' | undefined,
      duplicateReason,
      reason,
    }),
    version: expert.version,
    onDone: () => {
      tell(t.done);
      void navigate(back);
    },
  });
  return (
    <Page
      title={isOwn ? t.ownTitle : t.title}
      crumbs={[
        { label: list.title, to: '/experts' },
        { label: nameOf(expert, somebody), to: back },
      ]}
      lead={isOwn ? t.ownLead : undefined}
    >
      <FormFrame state={state}>
        {state.problem?.isStale && <Changes before={before} now={seen} />}
        <DuplicateReason problem={state.problem} />
        <ExpertFields />
        {!isOwn && (
          <fieldset className="part">
            <legend>{t.why}</legend>
            <SelectField
              name="document"
              label={words.document}
              hint={words.documentHint}
              isOptional
              choices={choicesOf(documents)}
            />
            <TextArea name="reason" label={t.reason} rows={2} isOptional />
          </fieldset>
        )}
        <div className="buttons">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {t.submit}
          </Button>
          <LinkButton to={back}>{cancel}</LinkButton>
        </div>
      </FormFrame>
    </Page>
  );
}
