import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import {
  type EventView,
  getEvent,
  getRegistration,
  listEventParticipants,
  type RegistrationStatus,
  type RegistrationView,
} from '#contracts/events';
import { mayCall } from '../api/may';
import { useMunicipalityNames } from '../api/names';
import { read } from '../api/query';
import { useSession } from '../api/use-session';
import { common } from '../i18n/common';
import { instantText, localized } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { type Fact, Facts } from '../ui/facts';
import { Notice } from '../ui/notice';
import { Page, Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { StatusTag } from '../ui/status-tag';
import { Table } from '../ui/table';
import { Instant } from '../ui/values';
import { AddressTag } from './address-tag';
import { RegistrationActs } from './registration-acts';
import { isOrganiser } from './roles';
import { deskTexts, eventTexts } from './texts';
import { REGISTRATION_TONES } from './tones';
import { WaitingPlace } from './waiting-place';

/** States in which a confirmation still changes something. */
const ASKED: readonly RegistrationStatus[] = ['CONFIRMED', 'OFFERED', 'WAITLISTED'];

export function RegistrationPage() {
  const { registrationId = '' } = useParams();
  const query = useQuery(read(getRegistration, { registrationId }));
  return <Loaded query={query}>{(registration) => <WithEvent registration={registration} />}</Loaded>;
}

function WithEvent({ registration }: { readonly registration: RegistrationView }) {
  const query = useQuery(read(getEvent, { eventId: registration.eventId }));
  return <Loaded query={query}>{(event) => <Detail registration={registration} event={event} />}</Loaded>;
}

interface DetailProps {
  readonly registration: RegistrationView;
  readonly event: EventView;
}

/** One registration: its place, its people, and what can be done with it. */
function Detail({ registration, event }: DetailProps) {
  const { registration: t, list } = useTexts(eventTexts);
  const desk = useTexts(deskTexts);
  const { words } = useTexts(common);
  const language = useLanguage();
  const { roles } = useSession();
  const { status, offerExpiresAt, caseNumber } = registration;
  const title = localized(event.title, language);
  return (
    <Page
      title={`${t.of} ${title}`}
      crumbs={[
        { label: list.title, to: '/events' },
        isOrganiser(roles)
          ? { label: desk.board.title, to: `/events/${event.id}/desk` }
          : { label: t.mine, to: '/registrations' },
      ]}
      tag={<StatusTag tone={REGISTRATION_TONES[status]}>{words.registrationStatus[status]}</StatusTag>}
      caseNumber={caseNumber}
      acts={<RegistrationActs registration={registration} event={event} />}
    >
      {status === 'OFFERED' && offerExpiresAt !== null && (
        <Notice tone="warning" title={t.offered}>
          <p className="kern-body">{t.offeredHelp(instantText(offerExpiresAt, language))}</p>
        </Notice>
      )}
      <AddressNotice registration={registration} />
      {status === 'WAITLISTED' && <WaitingPlace registration={registration} />}
      <Section title={t.facts}>
        <Facts facts={useFacts({ registration, event })} />
      </Section>
      {mayCall(listEventParticipants, roles) && <People registrationId={registration.id} />}
    </Page>
  );
}

/** What happens to the seats as long as nobody has opened the link of the mail, and what has happened. */
function AddressNotice({
  registration: { seatsHeldUntil, seatsGivenBackAt, status },
}: Pick<DetailProps, 'registration'>) {
  const { addresses: t } = useTexts(eventTexts);
  const language = useLanguage();
  if (seatsGivenBackAt !== null)
    return (
      <Notice tone="info" title={t.givenBack}>
        <p className="kern-body">{t.givenBackHelp}</p>
      </Notice>
    );
  if (seatsHeldUntil === null || !ASKED.includes(status)) return null;
  return (
    <Notice tone="warning" title={t.unconfirmed}>
      <p className="kern-body">{t.unconfirmedHelp(instantText(seatsHeldUntil, language))}</p>
    </Notice>
  );
}

function useFacts({ registration, event }: DetailProps): Fact[] {
  const { registration: t, registrationKinds, groups, modes } = useTexts(eventTexts);
  const language = useLanguage();
  const { municipalityId, seats, seatsAttended, offerExpiresAt, confirmedAt } = registration;
  const townOf = useMunicipalityNames(municipalityId === null ? [] : [municipalityId]);
  const optional = (label: string, value: Fact['value'] | null): Fact[] => (value === null ? [] : [{ label, value }]);
  return [
    {
      label: t.event,
      value: (
        <Link className="kern-link" to={`/events/${event.id}`}>
          {localized(event.title, language)}
        </Link>
      ),
    },
    { label: t.kind, value: registrationKinds[registration.kind] },
    ...optional(t.town, municipalityId && townOf(municipalityId)),
    { label: t.group, value: groups[registration.group] },
    { label: t.mode, value: modes[registration.attendanceMode] },
    { label: t.seats, value: seats },
    { label: t.registeredAt, value: <Instant value={registration.registeredAt} /> },
    { label: t.number, value: registration.queueNumber },
    ...optional(t.offerUntil, offerExpiresAt && <Instant value={offerExpiresAt} />),
    ...optional(t.confirmedAt, confirmedAt && <Instant value={confirmedAt} />),
    ...optional(t.came, seatsAttended === null ? null : t.ofSeats(seatsAttended, seats)),
    ...optional(t.lateReason, registration.lateReason),
    ...optional(t.changeReason, registration.changeReason),
  ];
}

function People({ registrationId }: { readonly registrationId: string }) {
  const { addresses, registration: t, register } = useTexts(eventTexts);
  const query = useQuery(read(listEventParticipants, { registrationId }));
  return (
    <Section title={t.people}>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="kern-body">{t.noPeople}</p>
          ) : (
            <Table
              caption={t.people}
              rows={items}
              keyOf={({ id }) => id}
              columns={[
                { title: register.name, isHeading: true, cell: ({ name }) => name },
                { title: register.email, cell: ({ email }) => email },
                { title: addresses.column, cell: (person) => <AddressTag people={[person]} /> },
              ]}
            />
          )
        }
      </Loaded>
    </Section>
  );
}
