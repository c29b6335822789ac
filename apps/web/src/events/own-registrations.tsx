import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { listRegistrations } from '#contracts/events';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { List } from '../ui/list';
import { Section } from '../ui/page';
import { StatusTag } from '../ui/status-tag';
import { Instant } from '../ui/values';
import { eventTexts } from './texts';
import { REGISTRATION_TONES } from './tones';

/** What the reader, or the reader's town, registered for an event. */
export function OwnRegistrations({ eventId }: { readonly eventId: string }) {
  const { event: t, registration, registrationKinds, modes } = useTexts(eventTexts);
  const { words } = useTexts(common);
  const query = useQuery(read(listRegistrations, { eventId }));
  return (
    <Section title={t.mine}>
      <List
        query={query}
        caption={t.mine}
        keyOf={({ id }) => id}
        empty={t.noneOfMine}
        columns={[
          {
            title: registration.kind,
            isHeading: true,
            cell: ({ id, kind, seats }) => (
              <Link className="kern-link" to={`/registrations/${id}`}>
                {registrationKinds[kind]}, {registration.seatsOf(seats)}
              </Link>
            ),
          },
          {
            title: registration.status,
            cell: ({ status }) => (
              <StatusTag tone={REGISTRATION_TONES[status]}>{words.registrationStatus[status]}</StatusTag>
            ),
          },
          { title: registration.mode, cell: ({ attendanceMode }) => modes[attendanceMode] },
          { title: registration.registeredAt, cell: ({ registeredAt }) => <Instant value={registeredAt} /> },
        ]}
      />
    </Section>
  );
}
