import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { createProject, listProjects } from '#contracts/partnership';
import { usePartnershipNames } from '../api/names';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { useCaseNumberColumn } from '../ui/case-number';
import { CreateLink } from '../ui/create-link';
import { CaseNumberFilter, ChoiceFilter, Filters, SearchFilter } from '../ui/filters';
import { choicesOf } from '../ui/inputs';
import { List } from '../ui/list';
import { Page } from '../ui/page';
import { parametersOf } from '../ui/parameters';
import { StatusTag } from '../ui/status-tag';
import { Money } from '../ui/values';
import { Funnel } from './funnel';
import { projectTexts } from './texts';
import { PROJECT_TONES } from './tones';

const COUNTED = { q: true, stage: true, status: true, sector: true, partnershipId: true } as const;
const LIST = listProjects.request.pick({ ...COUNTED, caseNumber: true, cursor: true });

export function ProjectsPage() {
  const { list: t, sectors } = useTexts(projectTexts);
  const stages = useTexts(common).words.projectStage;
  const { words } = useTexts(common);
  const [parameters] = useSearchParams();
  const numberColumn = useCaseNumberColumn();
  const query = useQuery(read(listProjects, { ...parametersOf(LIST, parameters), sort: ['-updatedAt'] }));
  const nameOf = usePartnershipNames(query.data?.items.map(({ partnershipId }) => partnershipId) ?? []);
  const { columns } = t;
  return (
    <Page
      title={t.title}
      acts={
        <CreateLink operation={createProject} to="/projects/new">
          {t.create}
        </CreateLink>
      }
    >
      <Filters>
        <SearchFilter label={t.search} />
        <CaseNumberFilter />
        <ChoiceFilter name="stage" label={t.stage} choices={choicesOf(stages)} />
        <ChoiceFilter name="status" label={t.status} choices={choicesOf(words.projectStatus)} />
        <ChoiceFilter name="sector" label={t.sector} choices={choicesOf(sectors)} />
      </Filters>
      <List
        query={query}
        caption={t.title}
        keyOf={({ id }) => id}
        empty={t.empty}
        columns={[
          numberColumn,
          {
            title: columns.title,
            isHeading: true,
            cell: ({ id, title }) => (
              <Link className="kern-link" to={`/projects/${id}`}>
                {title}
              </Link>
            ),
          },
          { title: columns.partnership, cell: ({ partnershipId }) => nameOf(partnershipId) },
          { title: columns.stage, cell: ({ stage }) => stages[stage] },
          {
            title: columns.status,
            cell: ({ status }) => <StatusTag tone={PROJECT_TONES[status]}>{words.projectStatus[status]}</StatusTag>,
          },
          { title: columns.capex, isNumeric: true, cell: ({ capex }) => (capex ? <Money value={capex} /> : '–') },
          {
            title: columns.gap,
            isNumeric: true,
            cell: ({ funding: { gap } }) => (gap ? <Money value={gap} /> : '–'),
          },
        ]}
      />
      <Funnel filter={parametersOf(listProjects.request.pick(COUNTED), parameters)} />
    </Page>
  );
}
