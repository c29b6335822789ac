import { useQuery } from '@tanstack/react-query';
import type { RequestInputOf } from '#contracts';
import { countProjects, type ProjectCountsView } from '#contracts/partnership';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { Table } from '../ui/table';
import { Money } from '../ui/values';
import { projectTexts } from './texts';

/** How many projects are in each stage, how many have come as far, and with how much money. */
export function Funnel({ filter }: { readonly filter: RequestInputOf<typeof countProjects> }) {
  const query = useQuery(read(countProjects, filter));
  return <Loaded query={query}>{(counts) => (counts.projects === 0 ? null : <Picture counts={counts} />)}</Loaded>;
}

function Picture({ counts }: { readonly counts: ProjectCountsView }) {
  const { funnel: t, list } = useTexts(projectTexts);
  const stages = useTexts(common).words.projectStage;
  return (
    <Section title={t.title}>
      <Table
        caption={t.title}
        rows={counts.stages}
        keyOf={({ stage }) => stage}
        columns={[
          { title: list.stage, isHeading: true, cell: ({ stage }) => stages[stage] },
          { title: t.here, isNumeric: true, cell: ({ projects }) => projects },
          {
            title: t.reached,
            isNumeric: true,
            cell: ({ reached }) => (
              <>
                {/* The number beside it says the same. */}
                <meter className="measure" aria-hidden="true" min={0} max={counts.projects} value={reached} /> {reached}
              </>
            ),
          },
          { title: t.days, isNumeric: true, cell: ({ medianDays }) => medianDays ?? '–' },
        ]}
      />
      <p className="kern-body">{t.aside(counts.onHold, counts.handedOver, counts.abandoned, counts.completed)}</p>
      <Table
        caption={t.money}
        rows={counts.money}
        keyOf={({ capex }) => capex.currency}
        columns={[
          { title: t.currency, isHeading: true, cell: ({ capex }) => capex.currency },
          { title: t.capex, isNumeric: true, cell: ({ capex }) => <Money value={capex} /> },
          { title: t.committed, isNumeric: true, cell: ({ committed }) => <Money value={committed} /> },
          { title: t.signed, isNumeric: true, cell: ({ signed }) => <Money value={signed} /> },
        ]}
      />
    </Section>
  );
}
