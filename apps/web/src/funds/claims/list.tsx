import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { createClaim, listClaims } from '#contracts/finance';
import { read } from '../../api/query';
import { useTexts } from '../../i18n/texts';
import { CreateLink } from '../../ui/create-link';
import { CaseNumberFilter, ChoiceFilter, Filters } from '../../ui/filters';
import { choicesOf } from '../../ui/inputs';
import { List } from '../../ui/list';
import { Page } from '../../ui/page';
import { parametersOf } from '../../ui/parameters';
import { StatusTag } from '../../ui/status-tag';
import { Day, Money } from '../../ui/values';
import { AreaTabs } from '../area-tabs';
import { useFundChoices } from '../fund-names';
import { fundsTexts } from '../texts';
import { CLAIM_TONES } from './steps';
import { claimTexts } from './texts';

const FILTERS = listClaims.request.pick({
  caseNumber: true,
  fundId: true,
  status: true,
  isOverdue: true,
  proofOfUseId: true,
  cursor: true,
});

export function ClaimsPage() {
  const { list: t, statuses, grounds } = useTexts(claimTexts);
  const { fund, status } = useTexts(fundsTexts);
  const [parameters] = useSearchParams();
  const query = useQuery(read(listClaims, parametersOf(FILTERS, parameters)));
  const { columns } = t;
  return (
    <Page
      title={t.title}
      acts={
        <CreateLink operation={createClaim} to="/funds/claims/new">
          {t.create}
        </CreateLink>
      }
    >
      <AreaTabs />
      <Filters>
        <CaseNumberFilter />
        <ChoiceFilter name="fundId" label={fund} choices={useFundChoices()} />
        <ChoiceFilter name="status" label={status} choices={choicesOf(statuses)} />
        <ChoiceFilter name="isOverdue" label={t.due} choices={[{ value: 'true', label: t.overdue }]} />
      </Filters>
      <List
        query={query}
        caption={t.title}
        keyOf={({ id }) => id}
        empty={t.empty}
        columns={[
          {
            title: columns.debtor,
            isHeading: true,
            cell: ({ id, debtorName }) => (
              <Link className="kern-link" to={`/funds/claims/${id}`}>
                {debtorName}
              </Link>
            ),
          },
          {
            title: columns.status,
            cell: (row) => <StatusTag tone={CLAIM_TONES[row.status]}>{statuses[row.status]}</StatusTag>,
          },
          { title: columns.ground, cell: ({ ground }) => grounds[ground] },
          {
            title: columns.due,
            cell: ({ nextDueOn, dueOn, isOverdue }) => {
              const day = nextDueOn ?? dueOn;
              return (
                <>
                  {day ? <Day value={day} /> : '–'}
                  {isOverdue && <StatusTag tone="danger">{t.overdue}</StatusTag>}
                </>
              );
            },
          },
          { title: columns.amount, isNumeric: true, cell: ({ amount }) => <Money value={amount} /> },
          { title: columns.open, isNumeric: true, cell: ({ open }) => <Money value={open} /> },
        ]}
      />
    </Page>
  );
}
