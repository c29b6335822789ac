import { useNavigate, useSearchParams } from 'react-router';
import { createResult, type ResultType } from '#contracts/partnership';
import { useKeepDraft } from '../api/drafts';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Button, LinkButton } from '../ui/button';
import { KeptState } from '../ui/kept-state';
import { useTell } from '../ui/notices';
import { FormFrame } from '../ui/operation-form';
import { Page } from '../ui/page';
import { useOperationForm } from '../ui/use-operation-form';
import { WithDraft } from '../ui/with-draft';
import { ContentFields, writtenOf } from './content-fields';
import { OriginFields, originsOf, type OriginValues } from './origin-fields';
import { resultTexts } from './texts';

const DRAFT = 'result';

interface Values {
  readonly type: string;
  readonly title: Record<string, string>;
  readonly description: string;
  readonly origins: readonly OriginValues[];
}

/** From a partnership's page, where the result comes from is known. */
export function CreateResultPage() {
  const [parameters] = useSearchParams();
  const origins = [{ partnershipId: parameters.get('partnership') ?? '', projectId: '' }];
  return (
    <WithDraft name={DRAFT} otherwise={{ type: '', title: {}, description: '', origins }}>
      {(values) => <CreateResult values={values} />}
    </WithDraft>
  );
}

function CreateResult({ values }: { readonly values: Values }) {
  const { form: t, list } = useTexts(resultTexts);
  const { cancel } = useTexts(common);
  const navigate = useNavigate();
  const tell = useTell();
  const state = useOperationForm(createResult, {
    defaults: values,
    request: ({ type, title, description, origins }: Values) => ({
      type: type as ResultType,
      title: writtenOf(title),
      description,
      origins: originsOf(origins),
    }),
    onDone: ({ id }) => {
      void keeping.forget();
      tell(t.created);
      void navigate(`/results/${id}`);
    },
  });
  const keeping = useKeepDraft(state.form, { name: DRAFT, title: list.create, address: '/results/new' });
  return (
    <Page title={list.create} crumbs={[{ label: list.title, to: '/results' }]} lead={t.lead}>
      <FormFrame state={state}>
        <ContentFields />
        <OriginFields />
        <KeptState keeping={keeping} />
        <div className="buttons">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {t.create}
          </Button>
          <LinkButton to="/results">{cancel}</LinkButton>
        </div>
      </FormFrame>
    </Page>
  );
}
