import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { mayCall } from '../../api/may';
import { read, readAll } from '../../api/query';
import { useSession } from '../../api/use-session';
import { useTexts } from '../../i18n/texts';
import { LinkButton } from '../../ui/button';
import { ChoiceFilter, Filters } from '../../ui/filters';
import { choicesOf } from '../../ui/inputs';
import { List } from '../../ui/list';
import { Page } from '../../ui/page';
import { StatusTag, type TagTone } from '../../ui/status-tag';
import type { Column } from '../../ui/table';
import { Period } from '../../ui/values';
import { AreaTabs } from '../area-tabs';
import { today } from '../../ui/calendar';
import { DESKS, type RuleService, ruleServiceOf } from './desks';
import { RuleTabs } from './rule-tabs';
import { useRuleWords } from './rule-words';
import { ruleTexts } from './texts';
import type { RuleMark, RuleRow } from './texts/mark';

const TONES: Readonly<Record<RuleMark, TagTone>> = {
  FOUND: 'success',
  CONFIRMED: 'success',
  GENERAL_KNOWLEDGE: 'warning',
  PROPOSAL: 'warning',
};

/** The dated rules of all services, as they hold today or with their history. */
export function RulesPage() {
  const t = useTexts(ruleTexts);
  const { roles } = useSession();
  const words = useRuleWords();
  const [parameters] = useSearchParams();
  const service = ruleServiceOf(parameters.get('service'));
  const desk = DESKS[service];
  const sets = useSets(service);
  const ruleSet = sets.find((set) => set === parameters.get('ruleSet'));
  const isHistory = parameters.get('show') === 'all';
  const query = useQuery(
    read(desk.list, {
      ...(ruleSet !== undefined && { ruleSet }),
      ...(!isHistory && { on: today() }),
      cursor: parameters.get('cursor') ?? undefined,
    }),
  );
  const mayPropose = mayCall(desk.propose, roles);
  const change: Column<RuleRow>[] = mayPropose
    ? [{ title: t.columns.change, cell: (row) => <ChangeLink service={service} row={row} /> }]
    : [];
  return (
    <Page
      title={t.title}
      lead={t.lead}
      acts={
        mayPropose && (
          <div className="buttons">
            <LinkButton rank="primary" to={`/funds/rules/new?service=${service}`}>
              {t.propose}
            </LinkButton>
          </div>
        )
      }
    >
      <AreaTabs />
      <RuleTabs />
      <Filters>
        <ChoiceFilter name="service" label={t.service} otherwise={service} choices={choicesOf(t.services)} />
        <ChoiceFilter
          name="ruleSet"
          label={t.set}
          choices={sets.map((set) => ({ value: set, label: words.setOf(set) }))}
        />
        <ChoiceFilter name="show" label={t.show} otherwise="now" choices={choicesOf(t.shown)} />
      </Filters>
      <List
        query={query}
        caption={t.title}
        keyOf={({ name, validFrom }) => `${name}${validFrom}`}
        empty={t.empty}
        columns={[
          {
            title: t.columns.rule,
            isHeading: true,
            cell: (row) => (
              <>
                {words.keyOf(row.key)}
                <small className="below">{words.setOf(row.ruleSet)}</small>
              </>
            ),
          },
          { title: t.columns.value, cell: (row) => words.valueOf(row) },
          {
            title: t.columns.validity,
            cell: ({ validFrom, validTo }) => <Period value={{ from: validFrom, to: validTo }} />,
          },
          { title: t.columns.mark, cell: ({ mark }) => <StatusTag tone={TONES[mark]}>{t.marks[mark]}</StatusTag> },
          { title: t.columns.source, cell: ({ source }) => <span className="written">{source}</span> },
          ...change,
        ]}
      />
    </Page>
  );
}

function ChangeLink({ service, row: { ruleSet, key } }: { readonly service: RuleService; readonly row: RuleRow }) {
  const t = useTexts(ruleTexts);
  const words = useRuleWords();
  const query = new URLSearchParams({ service, ruleSet, key });
  return (
    <Link
      className="kern-link"
      to={`/funds/rules/new?${query.toString()}`}
      aria-label={t.changeOf(`${words.keyOf(key)}, ${words.setOf(ruleSet)}`)}
    >
      {t.change}
    </Link>
  );
}

/** The sets that a service has rules in. */
function useSets(service: RuleService): string[] {
  const { data = [] } = useQuery(readAll(DESKS[service].list, {}));
  return [...new Set(data.map(({ ruleSet }) => ruleSet))];
}
