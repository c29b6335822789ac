import { Link } from 'react-router';
import type { ServiceList } from '#contracts';
import { numberText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { OpenedNumber } from '../ui/opened-number';
import { Section } from '../ui/page';
import { statesOf } from './states';
import { operationsTexts } from './texts';

/** The few numbers that matter, each with the services it was added up from. */
export function Numbers({ list }: { readonly list: ServiceList }) {
  const t = useTexts(operationsTexts);
  const { numbers, services, statuses } = t;
  const language = useLanguage();
  const shown = (count: number | null) => (count === null ? numbers.unknown : numberText(count, language));
  const sum = (counts: readonly number[]) => shown(counts.reduce((total, count) => total + count, 0));
  const { items } = list;
  const states = statesOf(list);
  const incoming = items.flatMap(({ service, consumers }) =>
    consumers.map(({ producer, pending, inHand }) => ({
      label: numbers.fromTo(services[service], services[producer]),
      count: pending === null ? null : pending + (inHand ?? 0),
    })),
  );
  const mails = items.flatMap(({ queues }) => queues);
  return (
    <Section title={numbers.title}>
      <div className="numbers">
        <OpenedNumber
          label={numbers.working}
          value={numbers.of(states.filter(({ status }) => status === 'up').length, states.length)}
          how={numbers.workingHow}
          from={states.map(({ where, status }) => ({ label: services[where], value: statuses[status] }))}
        />
        <OpenedNumber
          label={numbers.outgoing}
          value={sum(items.map(({ outbox }) => outbox.unpublished))}
          how={numbers.outgoingHow}
          from={items.map(({ service, outbox }) => ({ label: services[service], value: shown(outbox.unpublished) }))}
        />
        <OpenedNumber
          label={numbers.incoming}
          value={sum(incoming.map(({ count }) => count ?? 0))}
          how={numbers.incomingHow}
          from={incoming.map(({ label, count }) => ({ label, value: shown(count) }))}
        />
        <OpenedNumber
          label={numbers.letters}
          value={sum(items.map(({ deadLetters }) => deadLetters))}
          how={numbers.lettersHow}
          from={items.map(({ service, deadLetters }) => ({ label: services[service], value: shown(deadLetters) }))}
        >
          <Link className="kern-link" to="/operations/dead-letters">
            {numbers.toLetters}
          </Link>
        </OpenedNumber>
        <OpenedNumber
          label={numbers.mails}
          value={sum(mails.map(({ waiting }) => waiting))}
          how={numbers.mailsHow}
          from={[{ label: numbers.givenUp, value: sum(mails.map(({ givenUp }) => givenUp)) }]}
        />
      </div>
    </Section>
  );
}
