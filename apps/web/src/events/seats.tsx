import { useQuery } from '@tanstack/react-query';
import {
  type EventFreeSeatsView,
  type EventQuota,
  getEventFreeSeats,
  type ProgrammeEventView,
} from '#contracts/events';
import { read } from '../api/query';
import { useTexts } from '../i18n/texts';
import { Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { type Column, Table } from '../ui/table';
import { eventTexts } from './texts';

type Pool = EventFreeSeatsView['pools'][number];

/** The seats of an event with what is taken of them, of all and of each quota. */
export function Seats({ eventId }: { readonly eventId: string }) {
  const { event: t } = useTexts(eventTexts);
  const poolName = usePoolName();
  const query = useQuery(read(getEventFreeSeats, { eventId }));
  return (
    <Section title={t.seats}>
      <Loaded query={query}>
        {({ pools, waiting }) => (
          <>
            <Table
              caption={t.seats}
              rows={pools}
              keyOf={keyOf}
              columns={[
                { title: t.for, isHeading: true, cell: poolName },
                ...capacityColumn(t.capacity),
                { title: t.taken, isNumeric: true, cell: ({ taken }: Pool) => taken },
                { title: t.free, isNumeric: true, cell: ({ capacity, taken }: Pool) => capacity - taken },
              ]}
            />
            {pools.length > 1 && <p className="kern-body kern-body--small">{t.quotaRule}</p>}
            <p className="kern-body">{t.waiting(waiting)}</p>
          </>
        )}
      </Loaded>
    </Section>
  );
}

/** The same for everybody: how many there are, not how many are taken. */
export function PublicSeats({ event: { capacity, quotas } }: { readonly event: ProgrammeEventView }) {
  const { event: t } = useTexts(eventTexts);
  const poolName = usePoolName();
  return (
    <Section title={t.seats}>
      <Table
        caption={t.seats}
        rows={[{ group: null, attendanceMode: null, capacity }, ...quotas]}
        keyOf={keyOf}
        columns={[{ title: t.for, isHeading: true, cell: poolName }, ...capacityColumn(t.capacity)]}
      />
      {quotas.length > 0 && <p className="kern-body kern-body--small">{t.quotaRule}</p>}
    </Section>
  );
}

/** Whom a quota counts, in words. */
export function usePoolName(): (quota: Pick<EventQuota, 'group' | 'attendanceMode'>) => string {
  const { event: t, groups, modes } = useTexts(eventTexts);
  return ({ group, attendanceMode }) => {
    const parts = [group && groups[group], attendanceMode && modes[attendanceMode]].filter((part) => part !== null);
    return parts.length === 0 ? t.allSeats : parts.join(', ');
  };
}

function capacityColumn(title: string): Column<EventQuota>[] {
  return [{ title, isNumeric: true, cell: ({ capacity }) => capacity }];
}

function keyOf({ group, attendanceMode }: Pick<EventQuota, 'group' | 'attendanceMode'>): string {
  return `${group}/${attendanceMode}`;
}
