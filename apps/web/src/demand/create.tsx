import { useNavigate } from 'react-router';
import { createExpertRequest } from '#contracts/staffing';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Button, LinkButton } from '../ui/button';
import { useTell } from '../ui/notices';
import { FormFrame } from '../ui/operation-form';
import { Page } from '../ui/page';
import { keptOf, useKept } from '../ui/use-kept';
import { useOperationForm } from '../ui/use-operation-form';
import { RequestFields } from './request-fields';
import { contentOf, EMPTY, type RequestValues } from './request-values';
import { demandTexts } from './texts';

const KEPT = 'request';

/** Writing a joint request. Until the draft exists at the server, this window keeps what was typed. */
export function CreateRequestPage() {
  const { form: t, list } = useTexts(demandTexts);
  const { cancel } = useTexts(common);
  const navigate = useNavigate();
  const tell = useTell();
  const state = useOperationForm(createExpertRequest, {
    defaults: keptOf(KEPT, EMPTY),
    request: (values: RequestValues) => contentOf(values),
    onDone: ({ id }) => {
      forget();
      tell(t.createDone);
      void navigate(`/requests/${id}`);
    },
  });
  const forget = useKept(KEPT, state.form);
  return (
    <Page title={t.createTitle} crumbs={[{ label: list.title, to: '/requests' }]} lead={`${t.intro} ${t.kept}`}>
      <FormFrame state={state}>
        <RequestFields />
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
