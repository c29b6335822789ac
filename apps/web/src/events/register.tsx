import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import type { Role } from '#contracts';
import { createRegistration, type EventView, getEvent, type RegistrantGroup } from '#contracts/events';
import { useKeepDraft } from '../api/drafts';
import { read } from '../api/query';
import { useSession } from '../api/use-session';
import { common } from '../i18n/common';
import { localized } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { Button, LinkButton } from '../ui/button';
import { choicesOf, RadioField, TextArea } from '../ui/inputs';
import { KeptState } from '../ui/kept-state';
import { useTell } from '../ui/notices';
import { FormFrame } from '../ui/operation-form';
import { Page } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { useOperationForm } from '../ui/use-operation-form';
import { WithDraft } from '../ui/with-draft';
import { FitNotice, useRefusedAtOnce } from './fit-notice';
import { now } from './now';
import { GroupField, ModeField, TownField } from './party-fields';
import { NOBODY, peopleOf, type PersonValues } from './people';
import { PeopleFields } from './people-fields';
import { isOrganiser } from './roles';
import { eventTexts } from './texts';

interface Values {
  readonly kind: string;
  readonly group: string;
  readonly attendanceMode: string;
  readonly municipalityId: string;
  readonly participants: readonly PersonValues[];
  readonly lateReason: string;
}

export function RegisterPage() {
  const { eventId = '' } = useParams();
  const query = useQuery(read(getEvent, { eventId }));
  const { roles } = useSession();
  return (
    <Loaded query={query}>
      {(event) => (
        <WithDraft name={draftOf(event)} otherwise={initialOf(event, roles)}>
          {(values) => <Register event={event} values={values} />}
        </WithDraft>
      )}
    </Loaded>
  );
}

/** Registering a person or a delegation. Whether the seats suffice is said while it is written, with the numbers. */
function Register({ event, values: begun }: { readonly event: EventView; readonly values: Values }) {
  const { register: t, list, registrationKinds } = useTexts(eventTexts);
  const { cancel } = useTexts(common);
  const language = useLanguage();
  const { roles } = useSession();
  const navigate = useNavigate();
  const tell = useTell();
  const isForOthers = isOrganiser(roles);
  const state = useOperationForm(createRegistration, {
    defaults: begun,
    request: ({ participants, ...values }: Values) => ({
      ...(values as { kind: 'PERSON'; group: RegistrantGroup; attendanceMode: 'ONLINE' }),
      eventId: event.id,
      participants: peopleOf(participants),
    }),
    onDone: ({ id }) => {
      void keeping.forget();
      tell(t.done);
      void navigate(`/registrations/${id}`);
    },
  });
  const refused = useRefusedAtOnce(event, state);
  const title = localized(event.title, language);
  const keeping = useKeepDraft(state.form, {
    name: draftOf(event),
    title: t.lead(title),
    address: `/events/${event.id}/register`,
  });
  const isOver = now().toISOString() > event.registrationDeadlineAt;
  return (
    <Page
      title={t.title}
      crumbs={[
        { label: list.title, to: '/events' },
        { label: title, to: `/events/${event.id}` },
      ]}
      lead={t.lead(title)}
    >
      <FormFrame state={refused.state}>
        <fieldset className="part">
          <legend>{t.who}</legend>
          {isForOthers && <TownField />}
          {isForOthers && <GroupField />}
          {!roles.includes('expert') && (
            <RadioField name="kind" label={t.kind} choices={choicesOf(registrationKinds)} />
          )}
          <ModeField mode={event.mode} />
          {isForOthers && isOver && <TextArea name="lateReason" label={t.lateReason} rows={2} />}
        </fieldset>
        <PeopleFields name="participants" label={t.people} hint={t.peopleHint} isNeeded />
        <FitNotice fit={refused.fit} ref={refused.ref} />
        <KeptState keeping={keeping} />
        <div className="buttons">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {t.submit}
          </Button>
          <LinkButton to={`/events/${event.id}`}>{cancel}</LinkButton>
        </div>
      </FormFrame>
    </Page>
  );
}

function draftOf({ id }: EventView): string {
  return `registration.${id}`;
}

function initialOf({ mode }: EventView, roles: readonly Role[]): Values {
  const isTown = roles.includes('municipality-de') || roles.includes('municipality-partner');
  return {
    kind: isTown ? 'DELEGATION' : 'PERSON',
    group: groupOf(roles),
    attendanceMode: mode === 'HYBRID' ? '' : mode,
    municipalityId: '',
    participants: [NOBODY],
    lateReason: '',
  };
}

function groupOf(roles: readonly Role[]): RegistrantGroup | '' {
  if (roles.includes('municipality-de')) return 'GERMAN_SIDE';
  if (roles.includes('municipality-partner')) return 'PARTNER_SIDE';
  return roles.includes('expert') ? 'EXPERTS' : '';
}
