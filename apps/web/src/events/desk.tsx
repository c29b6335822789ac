import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearchParams } from 'react-router';
import {
  type EventView,
  getEvent,
  listRegistrations,
  REGISTRATION_STATUSES,
  type RegistrationView,
} from '#contracts/events';
import { useMunicipalityNames } from '../api/names';
import { read, readAll } from '../api/query';
import { common } from '../i18n/common';
import { localized } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { LinkButton } from '../ui/button';
import { ChoiceFilter, Filters } from '../ui/filters';
import { choicesOf } from '../ui/inputs';
import { List } from '../ui/list';
import { Page, Section } from '../ui/page';
import { parametersOf } from '../ui/parameters';
import { Loaded } from '../ui/query-state';
import { StatusTag } from '../ui/status-tag';
import { AddressTag } from './address-tag';
import { partiesOf, type Party, useAttendees } from './attendees';
import { Needs } from './needs';
import { deskTexts, eventTexts } from './texts';
import { REGISTRATION_TONES } from './tones';
import { WaitingList } from './waiting-list';

const FILTERS = listRegistrations.request.pick({ status: true, group: true, cursor: true });

export function DeskPage() {
  const { eventId = '' } = useParams();
  const query = useQuery(read(getEvent, { eventId }));
  return <Loaded query={query}>{(event) => <Desk event={event} />}</Loaded>;
}

/** The organiser's desk: who comes, who waits, what they need. */
function Desk({ event }: { readonly event: EventView }) {
  const { board: t, checkIn, undelivered } = useTexts(deskTexts);
  const { list } = useTexts(eventTexts);
  const title = localized(event.title, useLanguage());
  const page = `/events/${event.id}`;
  return (
    <Page
      title={t.title}
      crumbs={[
        { label: list.title, to: '/events' },
        { label: title, to: page },
      ]}
      lead={t.lead(title)}
      acts={
        <div className="buttons">
          <LinkButton rank="primary" to={`${page}/check-in`}>
            {checkIn}
          </LinkButton>
          <LinkButton to={`${page}/register`}>{event.status === 'PUBLISHED' ? t.register : t.late}</LinkButton>
          <LinkButton to={`${page}/walk-in`}>{t.walkIn}</LinkButton>
          <LinkButton to={`${page}/attendance`}>{t.attendance}</LinkButton>
          <LinkButton to={`/events/undelivered-mails?eventId=${event.id}`}>{undelivered.title}</LinkButton>
        </div>
      }
    >
      <Counts eventId={event.id} />
      <Registrations eventId={event.id} />
      <WaitingList eventId={event.id} />
      <Needs eventId={event.id} />
    </Page>
  );
}

/** How many registrations stand where; each number opens its list. */
function Counts({ eventId }: { readonly eventId: string }) {
  const { board: t } = useTexts(deskTexts);
  const { registration } = useTexts(eventTexts);
  const { words } = useTexts(common);
  const query = useQuery({ ...readAll(listRegistrations, { eventId }), staleTime: 0 });
  return (
    <Section title={t.counts}>
      <Loaded query={query}>
        {(registrations) => (
          <ul className="cards">
            {REGISTRATION_STATUSES.map((status) => {
              const its = registrations.filter((each) => each.status === status);
              if (its.length === 0) return null;
              return (
                <li className="card" key={status}>
                  <span className="card__number">{its.length}</span>
                  <Link className="kern-link" to={`?status=${status}`}>
                    {words.registrationStatus[status]}
                  </Link>
                  <span className="kern-body kern-body--small">
                    {registration.seatsOf(its.reduce((sum, { seats }) => sum + seats, 0))}
                  </span>
                </li>
              );
            })}
          </ul>
        )}
      </Loaded>
    </Section>
  );
}

function Registrations({ eventId }: { readonly eventId: string }) {
  const { board: t } = useTexts(deskTexts);
  const { addresses, groups, modes, registration } = useTexts(eventTexts);
  const { words } = useTexts(common);
  const [parameters] = useSearchParams();
  const query = useQuery(read(listRegistrations, { ...parametersOf(FILTERS, parameters), eventId }));
  const people = usePeople(eventId);
  const nameOf = usePartyNames(people, query.data?.items ?? []);
  const { columns } = t;
  return (
    <Section title={t.title}>
      <Filters>
        <ChoiceFilter name="status" label={t.status} choices={choicesOf(words.registrationStatus)} />
        <ChoiceFilter name="group" label={t.group} choices={choicesOf(groups)} />
      </Filters>
      <List
        query={query}
        caption={t.title}
        keyOf={({ id }) => id}
        empty={t.empty}
        columns={[
          { title: columns.number, cell: ({ queueNumber }) => queueNumber },
          {
            title: columns.who,
            isHeading: true,
            cell: (each) => (
              <Link className="kern-link" to={`/registrations/${each.id}`}>
                {nameOf(each)}
              </Link>
            ),
          },
          {
            title: columns.status,
            cell: ({ status }) => (
              <StatusTag tone={REGISTRATION_TONES[status]}>{words.registrationStatus[status]}</StatusTag>
            ),
          },
          { title: addresses.column, cell: ({ id }) => <Addresses people={people.get(id)} /> },
          { title: columns.group, cell: ({ group }) => groups[group] },
          { title: columns.mode, cell: ({ attendanceMode }) => modes[attendanceMode] },
          { title: columns.seats, isNumeric: true, cell: ({ seats }) => seats },
          {
            title: columns.came,
            isNumeric: true,
            cell: ({ seatsAttended, seats }) =>
              seatsAttended === null ? '–' : registration.ofSeats(seatsAttended, seats),
          },
        ]}
      />
    </Section>
  );
}

type People = ReadonlyMap<string, Party['people']>;

/** The people of each registration, by its id. */
function usePeople(eventId: string): People {
  const { data } = useAttendees(eventId);
  return new Map(partiesOf(data ?? []).map((party) => [party.registration.id, party.people]));
}

function Addresses({ people }: { readonly people: Party['people'] | undefined }) {
  return people === undefined ? '–' : <AddressTag people={people} />;
}

/** What a registration is called at the desk: its town, and whoever was named first. */
function usePartyNames(
  people: People,
  registrations: readonly RegistrationView[],
): (registration: RegistrationView) => string {
  const { door } = useTexts(deskTexts);
  const { registrationKinds } = useTexts(eventTexts);
  const townOf = useMunicipalityNames(registrations.flatMap(({ municipalityId }) => municipalityId ?? []));
  return ({ id, municipalityId, kind }) => {
    const [first, ...others] = people.get(id) ?? [];
    const who = first && (others.length > 0 ? door.and(first.name, others.length) : first.name);
    const town = municipalityId === null ? undefined : townOf(municipalityId);
    return [who ?? registrationKinds[kind], town].filter(Boolean).join(', ');
  };
}
