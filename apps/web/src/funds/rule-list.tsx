import { useQuery } from '@tanstack/react-query';
import { listFinanceRules } from '#contracts/finance';
import { readAll } from '../api/query';
import { useTexts } from '../i18n/texts';
import { Loaded } from '../ui/query-state';
import { Table } from '../ui/table';
import { Period } from '../ui/values';
import { useRuleWords } from './rules/rule-words';
import { ruleTexts } from './rules/texts';

/** The rows of rules that a number rests on, each with its value, validity and source. */
export function RuleList({ title, names }: { readonly title: string; readonly names: readonly string[] }) {
  const { columns, unknown } = useTexts(ruleTexts);
  const words = useRuleWords();
  const query = useQuery(readAll(listFinanceRules, {}));
  return (
    <Loaded query={query}>
      {(rules) => {
        const rows = names.flatMap((name) => rules.find((rule) => rule.name === name) ?? []);
        if (rows.length === 0) return <p className="kern-body">{unknown}</p>;
        return (
          <Table
            caption={title}
            rows={rows}
            keyOf={({ name }) => name}
            columns={[
              { title, isHeading: true, cell: ({ key }) => words.keyOf(key) },
              { title: columns.value, cell: (row) => words.valueOf(row) },
              {
                title: columns.validity,
                cell: ({ validFrom, validTo }) => <Period value={{ from: validFrom, to: validTo }} />,
              },
              { title: columns.source, cell: ({ source }) => <span className="written">{source}</span> },
            ]}
          />
        );
      }}
    </Loaded>
  );
}
