import { useNavigate } from 'react-router';
import { createEvent } from '#contracts/events';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Button, LinkButton } from '../ui/button';
import { useTell } from '../ui/notices';
import { FormFrame } from '../ui/operation-form';
import { Page } from '../ui/page';
import { keptOf, useKept } from '../ui/use-kept';
import { useOperationForm } from '../ui/use-operation-form';
import { EventFields } from './event-fields';
import { contentOf, EMPTY, type EventValues } from './event-values';
import { deskTexts, eventTexts } from './texts';

const KEPT = 'event';

/** Drafting an event. This window keeps what was typed until the draft exists. */
export function CreateEventPage() {
  const t = useTexts(deskTexts);
  const { list } = useTexts(eventTexts);
  const { cancel } = useTexts(common);
  const navigate = useNavigate();
  const tell = useTell();
  const state = useOperationForm(createEvent, {
    defaults: keptOf(KEPT, EMPTY),
    request: (values: EventValues) => contentOf(values),
    onDone: ({ id }) => {
      forget();
      tell(t.createDone);
      void navigate(`/events/${id}`);
    },
  });
  const forget = useKept(KEPT, state.form);
  return (
    <Page title={t.create} crumbs={[{ label: list.title, to: '/events' }]} lead={t.createLead}>
      <FormFrame state={state}>
        <EventFields />
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
