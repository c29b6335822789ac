import { useQuery } from '@tanstack/react-query';
import { listBaseRates, recordBaseRate } from '#contracts/finance';
import { readAll } from '../../api/query';
import { dayText, decimalText } from '../../i18n/format';
import { useLanguage } from '../../i18n/language';
import { useTexts } from '../../i18n/texts';
import { act } from '../../ui/act';
import { ActButton } from '../../ui/act-button';
import { Section } from '../../ui/page';
import { Loaded } from '../../ui/query-state';
import { StatusTag } from '../../ui/status-tag';
import { Table } from '../../ui/table';
import { Day, Decimal } from '../../ui/values';
import { rateTexts } from './texts';

/** The base rates by half-year (BGB 247); a correction names the one that it replaces. */
export function BaseRates() {
  const { base: t, columns, source } = useTexts(rateTexts);
  const language = useLanguage();
  const query = useQuery(readAll(listBaseRates, {}));
  const known = (query.data ?? []).map(({ id, validFrom, percent }) => ({
    value: id,
    label: `${dayText(validFrom, language)}: ${decimalText(percent, language)} %`,
  }));
  return (
    <Section
      title={t.title}
      acts={
        <ActButton
          act={act({
            operation: recordBaseRate,
            ...t.record,
            fixed: {},
            fields: {
              validFrom: { label: t.from, hint: t.fromHint },
              percent: { label: t.percent, hint: t.percentHint },
              source: { label: source },
              correctsId: { label: t.corrects, choices: known },
            },
          })}
        />
      }
    >
      <p className="kern-body">{t.lead}</p>
      <Loaded query={query}>
        {(rates) =>
          rates.length === 0 ? (
            <p className="kern-body empty">{t.empty}</p>
          ) : (
            <Table
              caption={t.title}
              rows={rates}
              keyOf={({ id }) => id}
              columns={[
                { title: t.from, isHeading: true, cell: ({ validFrom }) => <Day value={validFrom} /> },
                { title: t.percent, isNumeric: true, cell: ({ percent }) => <Decimal value={percent} unit="%" /> },
                {
                  title: t.mark,
                  cell: ({ mark }) => (
                    <StatusTag tone={mark === 'FOUND' ? 'success' : 'warning'}>{t.marks[mark]}</StatusTag>
                  ),
                },
                { title: columns.source, cell: (rate) => rate.source },
              ]}
            />
          )
        }
      </Loaded>
    </Section>
  );
}
