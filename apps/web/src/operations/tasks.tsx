import type { ServiceList } from '#contracts';
import { useTexts } from '../i18n/texts';
import { Section } from '../ui/page';
import { StatusTag } from '../ui/status-tag';
import { Table } from '../ui/table';
import { Instant } from '../ui/values';
import { operationsTexts } from './texts';
import { ageText } from './urgent';

/** What the services do by themselves: what failed first. */
export function Tasks({ list }: { readonly list: ServiceList }) {
  const t = useTexts(operationsTexts);
  const { tasks: words, services } = t;
  const rows = list.items
    .flatMap(({ service, tasks }) => tasks.map((task) => ({ ...task, service })))
    .sort((a, b) => Number(b.hasFailed) - Number(a.hasFailed));
  return (
    <Section title={words.title}>
      <details open={rows.some(({ hasFailed }) => hasFailed)}>
        <summary>{words.show(rows.length)}</summary>
        <Table
          caption={words.title}
          rows={rows}
          keyOf={({ service, name }) => `${service} ${name}`}
          columns={[
            { title: words.name, isHeading: true, cell: ({ name }) => <span lang="en">{name}</span> },
            { title: words.service, cell: ({ service }) => services[service] },
            {
              title: words.outcome,
              cell: ({ hasFailed, lastAt }) =>
                hasFailed ? (
                  <StatusTag tone="danger">{words.failed}</StatusTag>
                ) : (
                  <StatusTag tone={lastAt === null ? 'neutral' : 'success'}>
                    {lastAt === null ? words.notYet : words.done}
                  </StatusTag>
                ),
            },
            { title: words.every, isNumeric: true, cell: ({ everySeconds }) => ageText(everySeconds, t) },
            { title: words.last, cell: ({ lastAt }) => (lastAt === null ? '–' : <Instant value={lastAt} />) },
            { title: words.next, cell: ({ nextAt }) => <Instant value={nextAt} /> },
          ]}
        />
      </details>
    </Section>
  );
}
