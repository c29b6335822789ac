import { useQuery } from '@tanstack/react-query';
import { listWaitingList, type RegistrationView } from '#contracts/events';
import { readAll } from '../api/query';
import { useTexts } from '../i18n/texts';
import { Facts } from '../ui/facts';
import { Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { Instant } from '../ui/values';
import { eventTexts } from './texts';

/** The place in the queue, why it is not served yet, and the rule with what goes into it. */
export function WaitingPlace({ registration: { id, eventId } }: { readonly registration: RegistrationView }) {
  const { registration: t } = useTexts(eventTexts);
  const query = useQuery({ ...readAll(listWaitingList, { eventId }), staleTime: 0 });
  return (
    <Section title={t.waiting}>
      <Loaded query={query}>
        {(entries) => {
          const entry = entries.find((each) => each.id === id);
          if (!entry) return null;
          const { position, waitsFor, seats, freeSeats, seatsKeptUntil } = entry;
          return (
            <div className="stack">
              <p className="card__number">{t.position(position)}</p>
              <details className="rule" open>
                <summary>
                  <span>{waitsFor === null ? t.why : t.reasons[waitsFor]}</span>
                </summary>
                <div className="rule__inside">
                  <Facts
                    facts={[
                      { label: t.needed, value: t.seatsOf(seats) },
                      { label: t.freeNow, value: t.seatsOf(freeSeats) },
                      ...(seatsKeptUntil === null
                        ? []
                        : [{ label: t.keptUntil, value: <Instant value={seatsKeptUntil} /> }]),
                    ]}
                  />
                  <p className="kern-body">
                    <strong>{t.rule}.</strong> {t.ruleText}
                  </p>
                </div>
              </details>
            </div>
          );
        }}
      </Loaded>
    </Section>
  );
}
