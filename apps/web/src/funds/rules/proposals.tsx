import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { read } from '../../api/query';
import { useTexts } from '../../i18n/texts';
import { ChoiceFilter, Filters } from '../../ui/filters';
import { choicesOf } from '../../ui/inputs';
import { List } from '../../ui/list';
import { Page } from '../../ui/page';
import { parametersOf } from '../../ui/parameters';
import { StatusTag } from '../../ui/status-tag';
import { Day, Instant } from '../../ui/values';
import { AreaTabs } from '../area-tabs';
import { DESKS, ruleServiceOf } from './desks';
import { PROPOSAL_TONES } from './proposal-tones';
import { RuleTabs } from './rule-tabs';
import { useRuleWords } from './rule-words';
import { ruleTexts } from './texts';

/** Rows that were proposed; what waits for the second person among them. */
export function RuleProposalsPage() {
  const t = useTexts(ruleTexts);
  const words = useRuleWords();
  const [parameters] = useSearchParams();
  const service = ruleServiceOf(parameters.get('service'));
  const { listProposals } = DESKS[service];
  const { status, cursor } = parametersOf(listProposals.request, parameters);
  const query = useQuery(read(listProposals, { status, cursor }));
  const { proposals, columns } = t;
  return (
    <Page title={proposals.title} crumbs={[{ label: t.title, to: '/funds/rules' }]}>
      <AreaTabs />
      <RuleTabs />
      <Filters>
        <ChoiceFilter name="service" label={t.service} otherwise={service} choices={choicesOf(t.services)} />
        <ChoiceFilter name="status" label={proposals.status} choices={choicesOf(proposals.statuses)} />
      </Filters>
      <List
        query={query}
        caption={proposals.title}
        keyOf={({ id }) => id}
        empty={proposals.empty}
        columns={[
          {
            title: columns.rule,
            isHeading: true,
            cell: ({ id, key, ruleSet }) => (
              <Link className="kern-link" to={`/funds/rules/${service}/proposals/${id}`}>
                {words.keyOf(key)}, {words.setOf(ruleSet)}
              </Link>
            ),
          },
          { title: columns.value, cell: (row) => words.valueOf(row) },
          { title: t.form.from, cell: ({ validFrom }) => <Day value={validFrom} /> },
          {
            title: proposals.status,
            cell: (row) => <StatusTag tone={PROPOSAL_TONES[row.status]}>{proposals.statuses[row.status]}</StatusTag>,
          },
          { title: proposals.by, cell: ({ proposedBy }) => proposedBy },
          { title: proposals.at, cell: ({ proposedAt }) => <Instant value={proposedAt} /> },
        ]}
      />
    </Page>
  );
}
