import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import {
  getResultTotals,
  type ResultTotalView,
  STANDARD_INDICATORS,
  STANDARD_KEYS,
  type StandardKey,
  type TotalsBy,
} from '#contracts/partnership';
import { usePartnershipNames } from '../api/names';
import { read } from '../api/query';
import { countryName, localized, numberText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { StackedBars } from '../ui/chart/stacked-bars';
import { ChoiceFilter, Filters } from '../ui/filters';
import { choicesOf } from '../ui/inputs';
import { Page, Section } from '../ui/page';
import { parametersOf } from '../ui/parameters';
import { Loaded } from '../ui/query-state';
import { Table } from '../ui/table';
import { useGoalChoices } from './sdg';
import { resultTexts } from './texts';
import { heightOf, useUnit, useValueText, Value } from './value-text';

const FILTER = getResultTotals.request.pick({
  by: true,
  withOpen: true,
  sdgGoal: true,
  partnershipId: true,
  projectId: true,
  country: true,
});

/** What a group narrows the leaves to. */
const NARROWED: Readonly<Record<TotalsBy, string | undefined>> = {
  PROGRAMME: undefined,
  PARTNERSHIP: 'partnershipId',
  COUNTRY: 'country',
  SDG_GOAL: 'sdgGoal',
};

export function TotalsPage() {
  const { totals: t, list } = useTexts(resultTexts);
  const [parameters] = useSearchParams();
  const filter = parametersOf(FILTER, parameters);
  const query = useQuery(read(getResultTotals, filter));
  return (
    <Page title={t.title} lead={t.lead} crumbs={[{ label: list.title, to: '/results' }]}>
      <Filters>
        <ChoiceFilter name="by" label={t.by} choices={choicesOf(t.groups)} otherwise="PROGRAMME" />
        <ChoiceFilter name="sdgGoal" label={list.goal} choices={useGoalChoices()} />
        <ChoiceFilter
          name="withOpen"
          label={t.open}
          otherwise="false"
          choices={[
            { value: 'false', label: t.onlyLocked },
            { value: 'true', label: t.withOpen },
          ]}
        />
      </Filters>
      <Loaded query={query}>
        {({ items, omitted }) => (
          <>
            {items.length === 0 && <p className="kern-body">{t.empty}</p>}
            {STANDARD_KEYS.map((standard) => {
              const rows = items.filter((row) => row.standard === standard);
              return rows.length === 0 ? null : (
                <Totals key={standard} standard={standard} rows={rows} by={filter.by ?? 'PROGRAMME'} />
              );
            })}
            {omitted > 0 && <p className="kern-body">{t.omitted(omitted)}</p>}
          </>
        )}
      </Loaded>
    </Page>
  );
}

interface TotalsProps {
  readonly standard: StandardKey;
  readonly rows: readonly ResultTotalView[];
  readonly by: TotalsBy;
}

/** One indicator of the programme, as it was added up in each group. */
function Totals({ standard, rows, by }: TotalsProps) {
  const { totals: t } = useTexts(resultTexts);
  const language = useLanguage();
  const title = localized(STANDARD_INDICATORS[standard].title, language);
  const groupName = useGroupName(by, rows);
  const table = <TotalsTable standard={standard} rows={rows} by={by} />;
  const drawn = rows.filter(({ actual }) => heightOf(actual) !== undefined);
  return (
    <Section title={title}>
      {by === 'PROGRAMME' || drawn.length < 2 ? (
        table
      ) : (
        <StackedBars
          title={t.picture(title)}
          parts={[t.actual]}
          bars={drawn.map((row) => ({ label: groupName(row), values: [heightOf(row.actual) ?? 0] }))}
          format={(value) =>
            numberText(value, language) + (STANDARD_INDICATORS[standard].kind === 'PERCENTAGE' ? ' %' : '')
          }
          table={table}
        />
      )}
    </Section>
  );
}

function TotalsTable({ standard, rows, by }: TotalsProps) {
  const { totals: t, categories } = useTexts(resultTexts);
  const valueText = useValueText();
  const language = useLanguage();
  const unit = useUnit()({ standard, unit: null });
  const groupName = useGroupName(by, rows);
  const [parameters] = useSearchParams();
  const leavesOf = ({ group }: ResultTotalView) => {
    const its = new URLSearchParams([...parameters].filter(([name]) => name !== 'by'));
    const narrowed = NARROWED[by];
    if (narrowed !== undefined && group !== null) its.set(narrowed, group);
    its.set('standard', standard);
    return `/results/totals/leaves?${its.toString()}`;
  };
  const hasParts = rows.some(({ parts }) => parts.length > 0);
  return (
    <Table
      caption={localized(STANDARD_INDICATORS[standard].title, language)}
      rows={rows}
      keyOf={({ group }) => group ?? 'all'}
      columns={[
        { title: t.groups[by], isHeading: true, cell: groupName },
        { title: t.target, isNumeric: true, cell: ({ target }) => <Value value={target} unit={unit} /> },
        { title: t.actual, isNumeric: true, cell: ({ actual }) => <Value value={actual} unit={unit} /> },
        ...(hasParts
          ? [
              {
                title: t.parts,
                cell: ({ parts }: ResultTotalView) => (
                  <div>
                    {parts.map(({ category, value }) => (
                      <div key={category}>
                        {categories[category]}: {valueText(value)}
                      </div>
                    ))}
                  </div>
                ),
              },
            ]
          : []),
        {
          title: t.leaves,
          cell: (row) => (
            <Link className="kern-link" to={leavesOf(row)}>
              {t.from(row.indicators)}
            </Link>
          ),
        },
      ]}
    />
  );
}

function useGroupName(by: TotalsBy, rows: readonly ResultTotalView[]): (row: ResultTotalView) => string {
  const { totals: t } = useTexts(resultTexts);
  const language = useLanguage();
  const nameOf = usePartnershipNames(by === 'PARTNERSHIP' ? rows.flatMap(({ group }) => group ?? []) : []);
  return ({ group }) => {
    if (group === null) return t.all;
    if (by === 'PARTNERSHIP') return nameOf(group);
    return by === 'COUNTRY' ? countryName(group, language) : t.goal(group);
  };
}
