import { useQueries, useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import {
  type EventParticipantView,
  listEventParticipants,
  listUndeliveredMails,
  type UndeliveredMailView,
} from '#contracts/events';
import { read } from '../api/query';
import { useTexts } from '../i18n/texts';
import { List } from '../ui/list';
import { Page } from '../ui/page';
import { parametersOf } from '../ui/parameters';
import { Instant } from '../ui/values';
import { deskTexts, eventTexts } from './texts';

const FILTERS = listUndeliveredMails.request.pick({ eventId: true, isOpen: true, cursor: true });
/** RFC 5321, 4.2.1: with 5yz the mail server says no for good. */
const REFUSED = /\b5\d\d$/;

/** Mails that nobody got, for whoever can find a better address. */
export function UndeliveredMailsPage() {
  const { undelivered: t } = useTexts(deskTexts);
  const { list } = useTexts(eventTexts);
  const [parameters] = useSearchParams();
  const query = useQuery(read(listUndeliveredMails, parametersOf(FILTERS, parameters)));
  const people = usePeople(query.data?.items ?? []);
  const { columns } = t;
  return (
    <Page title={t.title} crumbs={[{ label: list.title, to: '/events' }]} lead={t.lead}>
      <List
        query={query}
        caption={t.title}
        keyOf={({ id }) => id}
        empty={t.empty}
        columns={[
          {
            title: columns.who,
            isHeading: true,
            cell: ({ registrationId, participantId }) => (
              <span className="named">
                <Link className="kern-link" to={`/registrations/${registrationId}`}>
                  {people.get(participantId)?.name ?? t.registration}
                </Link>
                <small>{people.get(participantId)?.email}</small>
              </span>
            ),
          },
          { title: columns.mail, cell: ({ kind }) => t.kinds[kind] },
          { title: columns.why, cell: ({ failure }) => (REFUSED.test(failure ?? '') ? t.refused : t.unreachable) },
          { title: columns.attempts, isNumeric: true, cell: ({ attempts }) => attempts },
          { title: columns.givenUp, cell: ({ givenUpAt }) => <Instant value={givenUpAt} /> },
        ]}
      />
    </Page>
  );
}

function usePeople(mails: readonly UndeliveredMailView[]): ReadonlyMap<string, EventParticipantView> {
  const ids = [...new Set(mails.map(({ registrationId }) => registrationId))];
  const queries = useQueries({ queries: ids.map((registrationId) => read(listEventParticipants, { registrationId })) });
  return new Map(queries.flatMap(({ data }) => data?.items.map((person) => [person.id, person] as const) ?? []));
}
