import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { type EventView, getEvent } from '#contracts/events';
import { useMunicipalityNames } from '../api/names';
import { read } from '../api/query';
import { localized } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { Button } from '../ui/button';
import { Page } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { Table } from '../ui/table';
import { partiesOf, useAttendees, WITH_SEATS } from './attendees';
import { deskTexts, eventTexts } from './texts';
import { ZonedTime } from './times';

export function AttendancePage() {
  const { eventId = '' } = useParams();
  const query = useQuery(read(getEvent, { eventId }));
  return <Loaded query={query}>{(event) => <Attendance event={event} />}</Loaded>;
}

/** Everybody who has a seat, for paper and for the files. */
function Attendance({ event }: { readonly event: EventView }) {
  const { attendance: t, board } = useTexts(deskTexts);
  const { list, modes } = useTexts(eventTexts);
  const title = localized(event.title, useLanguage());
  const page = `/events/${event.id}`;
  const query = useAttendees(event.id, WITH_SEATS);
  const townOf = useMunicipalityNames(
    query.data?.flatMap(({ registration }) => registration.municipalityId ?? []) ?? [],
  );
  return (
    <Page
      title={t.title}
      crumbs={[
        { label: list.title, to: '/events' },
        { label: title, to: page },
        { label: board.title, to: `${page}/desk` },
      ]}
      lead={
        <>
          {title} <ZonedTime from={event.startsAt} to={event.endsAt} timeZone={event.timeZone} />
        </>
      }
      acts={
        <div className="acts">
          <div className="buttons">
            <Button onClick={() => print()}>{t.print}</Button>
          </div>
        </div>
      }
    >
      <Loaded query={query}>
        {(attendees) => {
          const parties = partiesOf(attendees).map(({ registration }) => registration);
          if (attendees.length === 0) return <p className="kern-body empty">{t.empty}</p>;
          return (
            <>
              <p className="kern-body">
                {t.sum(
                  parties.reduce((sum, { seatsAttended }) => sum + (seatsAttended ?? 0), 0),
                  parties.reduce((sum, { seats }) => sum + seats, 0),
                )}
              </p>
              <Table
                caption={t.title}
                rows={attendees}
                keyOf={({ id }) => id}
                columns={[
                  { title: t.name, isHeading: true, cell: ({ name }) => name },
                  {
                    title: t.town,
                    cell: ({ registration: { municipalityId } }) =>
                      municipalityId === null ? '–' : townOf(municipalityId),
                  },
                  { title: board.columns.mode, cell: ({ registration }) => modes[registration.attendanceMode] },
                  {
                    title: t.came,
                    cell: ({ registration: { seatsAttended, seats } }) =>
                      seatsAttended === null ? t.notYet : t.seats(seatsAttended, seats),
                  },
                  { title: t.signature, cell: () => <span className="signature" /> },
                ]}
              />
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}
