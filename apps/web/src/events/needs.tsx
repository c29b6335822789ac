import { useQuery } from '@tanstack/react-query';
import { listAccessibilityNeeds } from '#contracts/events';
import { readAll } from '../api/query';
import { useTexts } from '../i18n/texts';
import { Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { Table } from '../ui/table';
import { useAttendees } from './attendees';
import { deskTexts, eventTexts } from './texts';

/** What people need to take part without barriers; with the person, as somebody has to see to it. */
export function Needs({ eventId }: { readonly eventId: string }) {
  const { board: t } = useTexts(deskTexts);
  const { needs, modes } = useTexts(eventTexts);
  const query = useQuery({ ...readAll(listAccessibilityNeeds, { eventId }), staleTime: 0 });
  const { data } = useAttendees(eventId);
  const names = new Map((data ?? []).map(({ id, name }) => [id, name]));
  return (
    <Section title={t.needs}>
      <p className="kern-body kern-body--small">{t.needsHint}</p>
      <Loaded query={query}>
        {(items) =>
          items.length === 0 ? (
            <p className="kern-body">{t.needsEmpty}</p>
          ) : (
            <Table
              caption={t.needs}
              rows={items}
              keyOf={({ id }) => id}
              columns={[
                { title: t.person, isHeading: true, cell: ({ participantId }) => names.get(participantId) ?? '…' },
                { title: t.need, cell: ({ kind }) => needs[kind] },
                { title: t.note, cell: ({ note }) => note ?? '–' },
                { title: t.columns.mode, cell: ({ attendanceMode }) => modes[attendanceMode] },
              ]}
            />
          )
        }
      </Loaded>
    </Section>
  );
}
