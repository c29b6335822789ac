import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { admitWalkIn, type EventView, getEvent, type RegistrantGroup } from '#contracts/events';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { localized } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { Button, LinkButton } from '../ui/button';
import { useTell } from '../ui/notices';
import { FormFrame } from '../ui/operation-form';
import { Page } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { useOperationForm } from '../ui/use-operation-form';
import { GroupField, ModeField, TownField } from './party-fields';
import { NOBODY, peopleOf, type PersonValues } from './people';
import { PeopleFields } from './people-fields';
import { deskTexts, eventTexts } from './texts';

interface Values {
  readonly group: string;
  readonly attendanceMode: string;
  readonly municipalityId: string;
  readonly participants: readonly PersonValues[];
}

export function WalkInPage() {
  const { eventId = '' } = useParams();
  const query = useQuery(read(getEvent, { eventId }));
  return <Loaded query={query}>{(event) => <WalkIn event={event} />}</Loaded>;
}

/** Who comes to the door without a registration. */
function WalkIn({ event }: { readonly event: EventView }) {
  const { register: t, list } = useTexts(eventTexts);
  const { walkIn, board, checkIn } = useTexts(deskTexts);
  const { cancel } = useTexts(common);
  const language = useLanguage();
  const navigate = useNavigate();
  const tell = useTell();
  const door = `/events/${event.id}/check-in`;
  const state = useOperationForm(admitWalkIn, {
    defaults: {
      group: '',
      attendanceMode: event.mode === 'HYBRID' ? 'ON_SITE' : event.mode,
      municipalityId: '',
      participants: [NOBODY],
    },
    request: ({ participants, ...values }: Values) => ({
      ...(values as { group: RegistrantGroup; attendanceMode: 'ONLINE' }),
      eventId: event.id,
      participants: peopleOf(participants),
    }),
    onDone: () => {
      tell(walkIn.done);
      void navigate(door);
    },
  });
  return (
    <Page
      title={board.walkIn}
      crumbs={[
        { label: list.title, to: '/events' },
        { label: localized(event.title, language), to: `/events/${event.id}` },
        { label: checkIn, to: door },
      ]}
      lead={walkIn.lead}
    >
      <FormFrame state={state}>
        <fieldset className="part">
          <legend>{t.who}</legend>
          <TownField />
          <GroupField />
          <ModeField mode={event.mode} />
        </fieldset>
        <PeopleFields name="participants" label={t.people} isNeeded />
        <div className="buttons">
          <Button rank="primary" type="submit" aria-disabled={state.isSending}>
            {walkIn.submit}
          </Button>
          <LinkButton to={door}>{cancel}</LinkButton>
        </div>
      </FormFrame>
    </Page>
  );
}
