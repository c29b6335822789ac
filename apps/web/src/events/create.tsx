import { useNavigate } from 'react-router';
import { createEvent } from '#contracts/events';
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
import { EventFields } from './event-fields';
import { contentOf, EMPTY, type EventValues } from './event-values';
import { deskTexts, eventTexts } from './texts';

const DRAFT = 'event';

/** Drafting an event. This browser keeps what was typed until the draft exists. */
export function CreateEventPage() {
  return (
    <WithDraft name={DRAFT} otherwise={EMPTY}>
      {(values) => <CreateEvent values={values} />}
    </WithDraft>
  );
}

function CreateEvent({ values: begun }: { readonly values: EventValues }) {
  const t = useTexts(deskTexts);
  const { list } = useTexts(eventTexts);
  const { cancel } = useTexts(common);
  const navigate = useNavigate();
  const tell = useTell();
  const state = useOperationForm(createEvent, {
    defaults: begun,
    request: (values: EventValues) => contentOf(values),
    onDone: ({ id }) => {
      void keeping.forget();
      tell(t.createDone);
      void navigate(`/events/${id}`);
    },
  });
  const keeping = useKeepDraft(state.form, { name: DRAFT, title: t.create, address: '/events/new' });
  return (
    <Page title={t.create} crumbs={[{ label: list.title, to: '/events' }]} lead={t.createLead}>
      <FormFrame state={state}>
        <EventFields />
        <KeptState keeping={keeping} />
        <div className="buttons">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {t.create}
          </Button>
          <LinkButton to="/events">{cancel}</LinkButton>
        </div>
      </FormFrame>
    </Page>
  );
}
