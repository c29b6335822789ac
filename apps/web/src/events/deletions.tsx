import { useQueries, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { getEvent, listParticipantDeletions } from '#contracts/events';
import { read } from '../api/query';
import { localized } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { List } from '../ui/list';
import { Page } from '../ui/page';
import { parametersOf } from '../ui/parameters';
import { Instant } from '../ui/values';
import { deskTexts, eventTexts } from './texts';

const FILTERS = listParticipantDeletions.request.pick({ eventId: true, cursor: true });

/** That the people of events were forgotten in time, for data protection and audit. */
export function DeletionsPage() {
  const { deletions: t } = useTexts(deskTexts);
  const { list } = useTexts(eventTexts);
  const language = useLanguage();
  const [parameters] = useSearchParams();
  const query = useQuery(read(listParticipantDeletions, parametersOf(FILTERS, parameters)));
  const ids = [...new Set(query.data?.items.map(({ eventId }) => eventId) ?? [])];
  const events = useQueries({ queries: ids.map((eventId) => read(getEvent, { eventId })) });
  const titles = new Map(
    events.flatMap(({ data }) => (data ? [[data.id, localized(data.title, language)] as const] : [])),
  );
  return (
    <Page title={t.title} crumbs={[{ label: list.title, to: '/events' }]} lead={t.lead}>
      <List
        query={query}
        caption={t.title}
        keyOf={({ id }) => id}
        empty={t.empty}
        columns={[
          { title: t.event, isHeading: true, cell: ({ eventId }) => titles.get(eventId) ?? '…' },
          { title: t.due, cell: ({ dueAt }) => <Instant value={dueAt} /> },
          { title: t.deleted, cell: ({ deletedAt }) => <Instant value={deletedAt} /> },
          { title: t.people, isNumeric: true, cell: ({ people }) => people },
        ]}
      />
    </Page>
  );
}
