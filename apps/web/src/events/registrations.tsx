import { useQueries, useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { getEvent, listRegistrationsOfAllEvents } from '#contracts/events';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { localized } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { LinkButton } from '../ui/button';
import { CaseNumberFilter, ChoiceFilter, Filters } from '../ui/filters';
import { choicesOf } from '../ui/inputs';
import { List } from '../ui/list';
import { Page } from '../ui/page';
import { parametersOf } from '../ui/parameters';
import { StatusTag } from '../ui/status-tag';
import { Instant } from '../ui/values';
import { eventTexts } from './texts';
import { REGISTRATION_TONES } from './tones';

const FILTERS = listRegistrationsOfAllEvents.request.pick({ caseNumber: true, status: true, cursor: true });

/** What the reader registered for, whatever the event; and what has to be answered. */
export function RegistrationsPage() {
  const { registration: t, list, modes } = useTexts(eventTexts);
  const { words } = useTexts(common);
  const [parameters] = useSearchParams();
  const query = useQuery(read(listRegistrationsOfAllEvents, parametersOf(FILTERS, parameters)));
  const titleOf = useEventTitles(query.data?.items.map(({ eventId }) => eventId) ?? []);
  return (
    <Page title={t.mine} crumbs={[{ label: list.title, to: '/events' }]}>
      <Filters>
        <CaseNumberFilter />
        <ChoiceFilter name="status" label={t.status} choices={choicesOf(words.registrationStatus)} />
      </Filters>
      <List
        query={query}
        caption={t.mine}
        keyOf={({ id }) => id}
        empty={
          <div className="stack">
            <p>{t.mineEmpty}</p>
            <div>
              <LinkButton to="/events">{t.toProgramme}</LinkButton>
            </div>
          </div>
        }
        columns={[
          {
            title: t.event,
            isHeading: true,
            cell: ({ id, eventId }) => (
              <Link className="kern-link" to={`/registrations/${id}`}>
                {titleOf(eventId)}
              </Link>
            ),
          },
          {
            title: t.status,
            cell: ({ status }) => (
              <StatusTag tone={REGISTRATION_TONES[status]}>{words.registrationStatus[status]}</StatusTag>
            ),
          },
          { title: t.mode, cell: ({ attendanceMode }) => modes[attendanceMode] },
          { title: t.seats, isNumeric: true, cell: ({ seats }) => seats },
          { title: t.registeredAt, cell: ({ registeredAt }) => <Instant value={registeredAt} /> },
          {
            title: t.offerUntil,
            cell: ({ offerExpiresAt }) => (offerExpiresAt === null ? '–' : <Instant value={offerExpiresAt} />),
          },
        ]}
      />
    </Page>
  );
}

function useEventTitles(ids: readonly string[]): (id: string) => string {
  const language = useLanguage();
  const unique = [...new Set(ids)];
  const answers = useQueries({ queries: unique.map((eventId) => read(getEvent, { eventId })) });
  const titles = new Map(
    answers.flatMap(({ data }) => (data ? [[data.id, localized(data.title, language)] as const] : [])),
  );
  return (id) => titles.get(id) ?? '…';
}
