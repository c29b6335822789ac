import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { createProofOfUse, listFunds, listProofsOfUse } from '#contracts/finance';
import { mayCall } from '../../api/may';
import { useMunicipalityNames } from '../../api/names';
import { read } from '../../api/query';
import { useSession } from '../../api/use-session';
import { useTexts } from '../../i18n/texts';
import { CreateLink } from '../../ui/create-link';
import { today } from '../../ui/calendar';
import { ChoiceFilter, DayFilter, Filters } from '../../ui/filters';
import { choicesOf } from '../../ui/inputs';
import { List } from '../../ui/list';
import { Page } from '../../ui/page';
import { parametersOf } from '../../ui/parameters';
import { StatusTag } from '../../ui/status-tag';
import { Day, Period } from '../../ui/values';
import { AreaTabs } from '../area-tabs';
import { useFundChoices } from '../fund-names';
import { fundsTexts } from '../texts';
import { proofTexts } from './texts';
import { PROOF_TONES } from './tones';

const FILTERS = listProofsOfUse.request.pick({
  fundId: true,
  commitmentId: true,
  status: true,
  dueOnTo: true,
  cursor: true,
});

/** Proofs of use, the earliest due first; a town sees its own. */
export function ProofsPage() {
  const { list: t, statuses, kinds, title, fundItself } = useTexts(proofTexts);
  const { fund, status: statusTitle } = useTexts(fundsTexts);
  const { roles } = useSession();
  const [parameters] = useSearchParams();
  const query = useQuery(read(listProofsOfUse, parametersOf(FILTERS, parameters)));
  const townOf = useMunicipalityNames(query.data?.items.flatMap(({ municipalityId }) => municipalityId ?? []) ?? []);
  const fundChoices = useFundChoices();
  const { columns } = t;
  return (
    <Page
      title={t.title}
      acts={
        <CreateLink operation={createProofOfUse} to="/funds/proofs/new">
          {t.create}
        </CreateLink>
      }
    >
      <AreaTabs />
      <Filters>
        {mayCall(listFunds, roles) && <ChoiceFilter name="fundId" label={fund} choices={fundChoices} />}
        <ChoiceFilter name="status" label={statusTitle} choices={choicesOf(statuses)} />
        <DayFilter name="dueOnTo" label={t.dueTo} />
      </Filters>
      <List
        query={query}
        caption={t.title}
        keyOf={({ id }) => id}
        empty={t.empty}
        columns={[
          {
            title: columns.what,
            isHeading: true,
            cell: ({ id, kind, municipalityId }) => (
              <Link className="kern-link" to={`/funds/proofs/${id}`}>
                {title(kinds[kind], municipalityId === null ? fundItself : townOf(municipalityId))}
              </Link>
            ),
          },
          {
            title: columns.status,
            cell: ({ status }) => <StatusTag tone={PROOF_TONES[status]}>{statuses[status]}</StatusTag>,
          },
          { title: columns.period, cell: ({ period }) => <Period value={period} /> },
          {
            title: columns.due,
            cell: ({ dueOn, status }) => (
              <>
                <Day value={dueOn} />{' '}
                {status === 'OPEN' && dueOn < today() && <StatusTag tone="danger">{columns.late}</StatusTag>}
              </>
            ),
          },
        ]}
      />
    </Page>
  );
}
