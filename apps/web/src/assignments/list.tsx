import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { listAssignments } from '#contracts/staffing';
import { useExpertNames, useMunicipalityNames } from '../api/names';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { useCaseNumberColumn } from '../ui/case-number';
import { CaseNumberFilter, ChoiceFilter, Filters } from '../ui/filters';
import { choicesOf } from '../ui/inputs';
import { List } from '../ui/list';
import { Page } from '../ui/page';
import { parametersOf } from '../ui/parameters';
import { StatusTag } from '../ui/status-tag';
import { Period } from '../ui/values';
import { assignmentTexts } from './texts';
import { ASSIGNMENT_TONES } from './tones';

const FILTERS = listAssignments.request.pick({
  caseNumber: true,
  status: true,
  isPartnerAccepted: true,
  partnershipId: true,
  expertRequestId: true,
  cursor: true,
});

export function AssignmentsPage() {
  const t = useTexts(assignmentTexts);
  const { words } = useTexts(common);
  const [parameters] = useSearchParams();
  const numberColumn = useCaseNumberColumn();
  const query = useQuery(read(listAssignments, { ...parametersOf(FILTERS, parameters), sort: ['-startsOn'] }));
  const rows = query.data?.items ?? [];
  const expertName = useExpertNames(
    rows.map(({ expertId }) => expertId),
    t.expert,
  );
  const townName = useMunicipalityNames(rows.map(({ employerMunicipalityId }) => employerMunicipalityId));
  const { columns } = t.list;
  return (
    <Page title={t.list.title}>
      <Filters>
        <CaseNumberFilter />
        <ChoiceFilter name="status" label={t.list.status} choices={choicesOf(words.assignmentStatus)} />
      </Filters>
      <List
        query={query}
        caption={t.list.title}
        keyOf={({ id }) => id}
        empty={t.list.empty}
        columns={[
          numberColumn,
          {
            title: columns.name,
            isHeading: true,
            cell: ({ id, expertId, employerMunicipalityId }) => (
              <Link className="kern-link" to={`/assignments/${id}`}>
                {t.nameOf(expertName(expertId), townName(employerMunicipalityId))}
              </Link>
            ),
          },
          {
            title: columns.status,
            cell: ({ status }) => (
              <StatusTag tone={ASSIGNMENT_TONES[status]}>{words.assignmentStatus[status]}</StatusTag>
            ),
          },
          { title: columns.period, cell: ({ period }) => <Period value={period} /> },
          { title: columns.instrument, cell: ({ instrument }) => words.instrument[instrument] },
          { title: columns.share, isNumeric: true, cell: ({ fullTimePercent }) => `${fullTimePercent} %` },
        ]}
      />
    </Page>
  );
}
