import { useNavigate } from 'react-router';
import { createExpert } from '#contracts/staffing';
import { useKeepDraft } from '../api/drafts';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Button, LinkButton } from '../ui/button';
import { choicesOf, SelectField } from '../ui/inputs';
import { KeptState } from '../ui/kept-state';
import { useTell } from '../ui/notices';
import { FormFrame } from '../ui/operation-form';
import { Page } from '../ui/page';
import { useOperationForm } from '../ui/use-operation-form';
import { WithDraft } from '../ui/with-draft';
import { DuplicateReason } from './duplicates';
import { ExpertFields } from './expert-fields';
import { contentOf, type ExpertValues, NEW_EXPERT } from './expert-values';
import { expertTexts } from './texts';

const DRAFT = 'new-expert';

export function CreateExpertPage() {
  return (
    <WithDraft name={DRAFT} otherwise={NEW_EXPERT}>
      {(values) => <CreateExpert values={values} />}
    </WithDraft>
  );
}

function CreateExpert({ values: begun }: { readonly values: ExpertValues }) {
  const { create: t, form: words, list, documents } = useTexts(expertTexts);
  const { cancel } = useTexts(common);
  const navigate = useNavigate();
  const tell = useTell();
  const state = useOperationForm(createExpert, {
    defaults: begun,
    request: ({ document, duplicateReason, ...values }: ExpertValues) => ({
      ...contentOf(values),
      document: document as 'PASSPORT' | undefined,
      duplicateReason,
    }),
    onDone: ({ id }) => {
      void keeping.forget();
      tell(t.done);
      void navigate(`/experts/${id}`);
    },
  });
  const keeping = useKeepDraft(state.form, { name: DRAFT, title: t.title, address: '/experts/new' });
  return (
    <Page title={t.title} crumbs={[{ label: list.title, to: '/experts' }]}>
      <FormFrame state={state}>
        <DuplicateReason problem={state.problem} />
        <ExpertFields />
        <SelectField
          name="document"
          label={words.document}
          hint={words.documentHint}
          isOptional
          choices={choicesOf(documents)}
        />
        <KeptState keeping={keeping} />
        <div className="buttons">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {t.submit}
          </Button>
          <LinkButton to="/experts">{cancel}</LinkButton>
        </div>
      </FormFrame>
    </Page>
  );
}
