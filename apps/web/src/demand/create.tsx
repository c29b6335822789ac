import { useNavigate } from 'react-router';
import { createExpertRequest } from '#contracts/staffing';
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
import { RequestFields } from './request-fields';
import { contentOf, EMPTY, type RequestValues } from './request-values';
import { demandTexts } from './texts';

const DRAFT = 'request';

/** Writing a joint request. Until the draft exists at the server, this browser keeps what was typed. */
export function CreateRequestPage() {
  return (
    <WithDraft name={DRAFT} otherwise={EMPTY}>
      {(values) => <CreateRequest values={values} />}
    </WithDraft>
  );
}

function CreateRequest({ values: begun }: { readonly values: RequestValues }) {
  const { form: t, list } = useTexts(demandTexts);
  const { cancel } = useTexts(common);
  const navigate = useNavigate();
  const tell = useTell();
  const state = useOperationForm(createExpertRequest, {
    defaults: begun,
    request: (values: RequestValues) => contentOf(values),
    onDone: ({ id }) => {
      void keeping.forget();
      tell(t.createDone);
      void navigate(`/requests/${id}`);
    },
  });
  const keeping = useKeepDraft(state.form, { name: DRAFT, title: t.createTitle, address: '/requests/new' });
  return (
    <Page title={t.createTitle} crumbs={[{ label: list.title, to: '/requests' }]} lead={`${t.intro} ${t.kept}`}>
      <FormFrame state={state}>
        <RequestFields />
        <KeptState keeping={keeping} />
        <div className="buttons">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {t.create}
          </Button>
          <LinkButton to="/requests">{cancel}</LinkButton>
        </div>
      </FormFrame>
    </Page>
  );
}
