import type { FundView } from '#contracts/finance';
import { moneyText } from '../../i18n/format';
import { useLanguage } from '../../i18n/language';
import { useTexts } from '../../i18n/texts';
import { StatusTag, type TagTone } from '../../ui/status-tag';
import { Table } from '../../ui/table';
import { Money } from '../../ui/values';
import { fundsTexts } from '../texts';
import { fundTexts } from './texts';

type Status = FundView['budgetYears'][number]['status'];
const TONES: Readonly<Record<Status, TagTone>> = { OPEN: 'success', CLOSING: 'warning', CLOSED: 'neutral' };

/** Plan and release of each year, and what came over from the year before with which reason. */
export function Years({ fund: { budgetYears } }: { readonly fund: FundView }) {
  const { cockpit: t, changes } = useTexts(fundTexts);
  const { year: yearTitle, status: statusTitle } = useTexts(fundsTexts);
  const language = useLanguage();
  return (
    <>
      <Table
        caption={t.years}
        rows={budgetYears}
        keyOf={({ year }) => String(year)}
        columns={[
          { title: yearTitle, isHeading: true, cell: ({ year }) => year },
          {
            title: statusTitle,
            cell: ({ status }) => <StatusTag tone={TONES[status]}>{t.yearStatus[status]}</StatusTag>,
          },
          {
            title: changes.force,
            cell: ({ isProvisional }) =>
              isProvisional ? <StatusTag tone="warning">{changes.provisional}</StatusTag> : changes.inForce,
          },
          { title: t.may, cell: ({ authority }) => t.authorityKinds[authority] },
          { title: t.plan, isNumeric: true, cell: ({ plan }) => <Money value={plan} /> },
          { title: t.released, isNumeric: true, cell: ({ released }) => <Money value={released} /> },
          { title: t.carriedOver, isNumeric: true, cell: ({ carriedOver }) => <Money value={carriedOver} /> },
        ]}
      />
      {budgetYears.map(({ year, carryOver }) =>
        carryOver ? (
          <p className="kern-body" key={year}>
            {t.reasonOfCarryOver(moneyText(carryOver.amount, language), carryOver.fromYear, carryOver.reason)}
          </p>
        ) : null,
      )}
    </>
  );
}
