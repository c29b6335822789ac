import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { createExpertRequest, listExpertRequests } from '#contracts/staffing';
import { usePartnershipNames } from '../api/names';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { CreateLink } from '../ui/create-link';
import { useCaseNumberColumn } from '../ui/case-number';
import { CaseNumberFilter, ChoiceFilter, Filters } from '../ui/filters';
import { choicesOf } from '../ui/inputs';
import { List } from '../ui/list';
import { Page } from '../ui/page';
import { parametersOf } from '../ui/parameters';
import { StatusTag } from '../ui/status-tag';
import { Period } from '../ui/values';
import { demandTexts } from './texts';
import { REQUEST_TONES } from './tones';

const FILTERS = listExpertRequests.request.pick({
  caseNumber: true,
  status: true,
  waitingFor: true,
  areAllReviewersIn: true,
  isMineToAssess: true,
  partnershipId: true,
  cursor: true,
});

export function RequestsPage() {
  const { list: t } = useTexts(demandTexts);
  const { words } = useTexts(common);
  const [parameters] = useSearchParams();
  const numberColumn = useCaseNumberColumn();
  const query = useQuery(read(listExpertRequests, { ...parametersOf(FILTERS, parameters), sort: ['-createdAt'] }));
  const nameOf = usePartnershipNames(query.data?.items.flatMap(({ partnershipIds }) => partnershipIds) ?? []);
  const { columns } = t;
  return (
    <Page
      title={t.title}
      acts={
        <CreateLink operation={createExpertRequest} to="/requests/new">
          {t.create}
        </CreateLink>
      }
    >
      <Filters>
        <CaseNumberFilter />
        <ChoiceFilter name="status" label={t.status} choices={choicesOf(words.requestStatus)} />
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
              <Link className="kern-link" to={`/requests/${id}`}>
                {title}
              </Link>
            ),
          },
          {
            title: columns.status,
            cell: ({ status }) => <StatusTag tone={REQUEST_TONES[status]}>{words.requestStatus[status]}</StatusTag>,
          },
          { title: columns.partnerships, cell: ({ partnershipIds }) => partnershipIds.map(nameOf).join('; ') },
          { title: columns.period, cell: ({ desiredPeriod }) => <Period value={desiredPeriod} /> },
          {
            title: columns.signed,
            cell: ({ signatures, partnershipIds }) => t.signed(signatures.length, 2 * partnershipIds.length),
          },
          {
            title: columns.instrument,
            cell: ({ instrument, preferredInstrument }) => {
              const way = instrument ?? preferredInstrument;
              return way ? words.instrument[way] : '–';
            },
          },
        ]}
      />
    </Page>
  );
}
