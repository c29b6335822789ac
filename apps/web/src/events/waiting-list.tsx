import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { listWaitingList } from '#contracts/events';
import { readAll } from '../api/query';
import { instantText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { Table } from '../ui/table';
import { deskTexts, eventTexts } from './texts';

/** Everybody who waits or holds an offer, in the fair order, with what each waits for. */
export function WaitingList({ eventId }: { readonly eventId: string }) {
  const { board: t } = useTexts(deskTexts);
  const { registration, groups, modes } = useTexts(eventTexts);
  const language = useLanguage();
  const query = useQuery({ ...readAll(listWaitingList, { eventId }), staleTime: 0 });
  return (
    <Section title={t.waitingList}>
      <Loaded query={query}>
        {(entries) =>
          entries.length === 0 ? (
            <p className="kern-body">{t.waitingEmpty}</p>
          ) : (
            <>
              <Table
                caption={t.waitingList}
                rows={entries}
                keyOf={({ id }) => id}
                columns={[
                  {
                    title: t.place,
                    isHeading: true,
                    cell: ({ id, position }) => (
                      <Link className="kern-link" to={`/registrations/${id}`}>
                        {registration.position(position)}
                      </Link>
                    ),
                  },
                  { title: t.columns.group, cell: ({ group }) => groups[group] },
                  { title: t.columns.mode, cell: ({ attendanceMode }) => modes[attendanceMode] },
                  {
                    title: t.why,
                    cell: ({ waitsFor, offerExpiresAt, seatsKeptUntil }) =>
                      [
                        waitsFor && t.reasons[waitsFor],
                        offerExpiresAt && t.offerUntil(instantText(offerExpiresAt, language)),
                        seatsKeptUntil && t.keptUntil(instantText(seatsKeptUntil, language)),
                      ]
                        .filter(Boolean)
                        .join(' – '),
                  },
                  { title: t.columns.seats, isNumeric: true, cell: ({ seats }) => seats },
                  { title: t.free, isNumeric: true, cell: ({ freeSeats }) => freeSeats },
                ]}
              />
              <details className="waiting">
                <summary>{registration.rule}</summary>
                <p className="kern-body">{registration.ruleText}</p>
              </details>
            </>
          )
        }
      </Loaded>
    </Section>
  );
}
