import type { ServiceList } from '#contracts';
import { useTexts } from '../i18n/texts';
import { Section } from '../ui/page';
import { StatusTag } from '../ui/status-tag';
import { Table } from '../ui/table';
import { type State, STATUS_TONES, statesOf } from './states';
import { operationsTexts } from './texts';
import { ageText } from './urgent';

/** Each process of the platform: its state, its checks and what waits there. */
export function Services({ list }: { readonly list: ServiceList }) {
  const t = useTexts(operationsTexts);
  const { table, services, statuses } = t;
  return (
    <Section title={table.title}>
      <Table
        caption={table.title}
        rows={statesOf(list)}
        keyOf={({ where }) => where}
        columns={[
          { title: table.service, isHeading: true, cell: ({ where }) => services[where] },
          {
            title: table.status,
            cell: ({ status }) => <StatusTag tone={STATUS_TONES[status]}>{statuses[status]}</StatusTag>,
          },
          { title: table.checks, cell: (state) => <Checks state={state} /> },
          { title: table.outgoing, isNumeric: true, cell: ({ view }) => view?.outbox.unpublished ?? '–' },
          {
            title: table.oldest,
            isNumeric: true,
            cell: ({ view }) => (view && view.outbox.unpublished > 0 ? ageText(view.outbox.oldestSeconds, t) : '–'),
          },
          {
            title: table.incoming,
            isNumeric: true,
            cell: ({ view }) =>
              view ? view.consumers.reduce((sum, { pending, inHand }) => sum + (pending ?? 0) + (inHand ?? 0), 0) : '–',
          },
          { title: table.letters, isNumeric: true, cell: ({ view }) => view?.deadLetters ?? '–' },
        ]}
      />
    </Section>
  );
}

function Checks({ state: { where, checks } }: { readonly state: State }) {
  const { table, services } = useTexts(operationsTexts);
  const passed = checks.filter(({ isWell }) => isWell).length;
  return (
    <details>
      <summary>
        {table.passed(passed, checks.length)}
        <span className="kern-sr-only">: {services[where]}</span>
      </summary>
      <ul className="kern-list">
        {checks.map(({ name, isWell, detail }) => (
          <li key={name} className="written">
            {name}: {isWell ? table.ok : (detail ?? table.failed)}
          </li>
        ))}
      </ul>
    </details>
  );
}
