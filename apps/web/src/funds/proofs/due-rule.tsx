import { useQuery } from '@tanstack/react-query';
import { listPublicMoneyRules } from '#contracts/finance';
import { read } from '../../api/query';
import { useTexts } from '../../i18n/texts';
import { Facts } from '../../ui/facts';
import { Loaded } from '../../ui/query-state';
import { Period } from '../../ui/values';
import { fundsTexts } from '../texts';
import { proofTexts } from './texts';

/** The row of the rule that a deadline follows from; in every language that towns read. */
export function DueRule({ name, title }: { readonly name: string; readonly title?: string }) {
  const { page: t } = useTexts(proofTexts);
  const { rule, period, source, units } = useTexts(fundsTexts);
  const query = useQuery(read(listPublicMoneyRules, {}));
  return (
    <details className="rule">
      <summary>
        <span>{title ?? t.dueRule}</span>
      </summary>
      <div className="rule__inside">
        <Loaded query={query}>
          {({ items }) => {
            const row = items.find(({ id }) => id === name);
            if (!row) return null;
            return (
              <Facts
                facts={[
                  { label: rule, value: units[row.unit]?.(row.value) ?? row.value },
                  { label: period, value: <Period value={{ from: row.validFrom, to: row.validTo }} /> },
                  { label: source, value: row.source },
                ]}
              />
            );
          }}
        </Loaded>
      </div>
    </details>
  );
}
