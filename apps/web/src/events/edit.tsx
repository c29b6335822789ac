import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { useNavigate, useParams } from 'react-router';
import { changeEvent, type EventView, getEvent, previewEventChange } from '#contracts/events';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { localized } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { Button, LinkButton } from '../ui/button';
import { TextArea } from '../ui/inputs';
import { withoutBlanks } from '../ui/issues';
import { Notice } from '../ui/notice';
import { useTell } from '../ui/notices';
import { FormFrame } from '../ui/operation-form';
import { Page } from '../ui/page';
import { useOperationForm } from '../ui/use-operation-form';
import { Loaded } from '../ui/query-state';
import { EventFields } from './event-fields';
import { changesOf, contentOf, type EventContent, type EventValues, valuesOf } from './event-values';
import { deskTexts, eventTexts } from './texts';

interface Values extends EventValues {
  readonly reason: string;
}

export function EditEventPage() {
  const { eventId = '' } = useParams();
  const query = useQuery(read(getEvent, { eventId }));
  return <Loaded query={query}>{(event) => <Edit event={event} />}</Loaded>;
}

/** Changing an event. Whom it affects stands above the button, from the service, while it is written. */
function Edit({ event }: { readonly event: EventView }) {
  const t = useTexts(deskTexts);
  const { list } = useTexts(eventTexts);
  const { cancel } = useTexts(common);
  const language = useLanguage();
  const navigate = useNavigate();
  const tell = useTell();
  // What the form began with; a change by somebody else meanwhile is refused by the version.
  const [start] = useState(event);
  const before = contentBefore(start);
  const page = `/events/${event.id}`;
  const state = useOperationForm(changeEvent, {
    defaults: { ...valuesOf(start), reason: '' },
    version: event.version,
    request: ({ reason, ...values }: Values) => ({
      ...changesOf(before, contentOf(values)),
      eventId: event.id,
      reason,
    }),
    onDone: () => {
      tell(t.editDone);
      void navigate(page);
    },
  });
  return (
    <Page
      title={t.edit}
      crumbs={[
        { label: list.title, to: '/events' },
        { label: localized(event.title, language), to: page },
      ]}
      lead={t.editLead}
    >
      <FormFrame state={state}>
        <EventFields />
        <TextArea name="reason" label={t.form.reason} hint={t.form.reasonHint} rows={2} />
        <Preview eventId={event.id} before={before} form={state.form} />
        <div className="buttons">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {t.save}
          </Button>
          <LinkButton to={page}>{cancel}</LinkButton>
        </div>
      </FormFrame>
    </Page>
  );
}

function contentBefore(event: EventView): EventContent {
  return contentOf(withoutBlanks(valuesOf(event)) as Partial<EventValues>);
}

interface PreviewProps {
  readonly eventId: string;
  readonly before: EventContent;
  readonly form: UseFormReturn<Values>;
}

function Preview({ eventId, before, form }: PreviewProps) {
  const { preview: t } = useTexts(deskTexts);
  const language = useLanguage();
  const changes = useChanges(before, form);
  const input = previewEventChange.request.safeParse({ ...changes, eventId });
  const isChanged = Object.keys(changes).length > 0;
  const query = useQuery({
    ...read(previewEventChange, { ...changes, eventId }),
    enabled: isChanged && input.success,
  });
  if (!isChanged) return <p className="kern-body">{t.nothing}</p>;
  if (!query.data) return null;
  const { fields, registrations, seats, waiting, refusal } = query.data;
  const affected = t.affected(registrations, seats, waiting);
  return (
    <Notice tone={refusal ? 'danger' : registrations > 0 ? 'warning' : 'info'} title={t.title} role="status">
      <p className="kern-body">
        {t.fields}: {fields.map((name) => t.names[name] ?? name).join(', ')}. {affected}
      </p>
      {refusal && (
        <p className="kern-body">
          <strong>{t.refused}:</strong> {language === 'de' ? refusal.de : refusal.en}
        </p>
      )}
    </Notice>
  );
}

const TYPING_MS = 400;

/** What the form holds differently now, once the person has paused. */
function useChanges(before: EventContent, form: UseFormReturn<Values>): Partial<EventContent> {
  const [changes, setChanges] = useState<Partial<EventContent>>({});
  const key = JSON.stringify(before);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const { unsubscribe } = form.watch(() => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const { reason: _, ...values } = withoutBlanks(form.getValues()) as Partial<Values>;
        setChanges(changesOf(JSON.parse(key) as EventContent, contentOf(values)));
      }, TYPING_MS);
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [form, key]);
  return changes;
}
