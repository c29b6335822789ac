import { useQuery } from '@tanstack/react-query';
import {
  type BudgetChangeView,
  confirmBudgetChange,
  type FundView,
  listBudgetChangeActions,
  listBudgetChanges,
  rejectBudgetChange,
} from '#contracts/finance';
import { read } from '../../api/query';
import { moneyText } from '../../i18n/format';
import { useLanguage } from '../../i18n/language';
import { useTexts } from '../../i18n/texts';
import { act } from '../../ui/act';
import { Acts } from '../../ui/acts';
import { Section } from '../../ui/page';
import { Loaded } from '../../ui/query-state';
import { StatusTag, type TagTone } from '../../ui/status-tag';
import { Table } from '../../ui/table';
import { Instant, Money } from '../../ui/values';
import { fundsTexts } from '../texts';
import { fundTexts } from './texts';

const TONES: Readonly<Record<BudgetChangeView['status'], TagTone>> = {
  PROPOSED: 'warning',
  CONFIRMED: 'success',
  REJECTED: 'neutral',
};

/** Supplements, cuts and blocks of the years of a fund: what waits for a second person, and what became of the others. */
export function BudgetChanges({ fund: { id } }: { readonly fund: FundView }) {
  const { changes: t } = useTexts(fundTexts);
  const { amount, status: statusTitle } = useTexts(fundsTexts);
  const query = useQuery(read(listBudgetChanges, { fundId: id }));
  return (
    <Section title={t.title}>
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="kern-body">{t.empty}</p>
          ) : (
            <>
              <p className="kern-body">{t.lead}</p>
              <Table
                caption={t.title}
                rows={items}
                keyOf={(change) => change.id}
                columns={[
                  {
                    title: t.kind,
                    isHeading: true,
                    cell: ({ year, kind, reason }) => (
                      <>
                        {`${year}: ${t.kinds[kind]}`}
                        <small className="below">{reason}</small>
                      </>
                    ),
                  },
                  {
                    title: amount,
                    isNumeric: true,
                    cell: (change) => (change.amount ? <Money value={change.amount} /> : '–'),
                  },
                  { title: t.plan, isNumeric: true, cell: ({ plan }) => (plan ? <Money value={plan.after} /> : '–') },
                  {
                    title: statusTitle,
                    cell: ({ status }) => <StatusTag tone={TONES[status]}>{t.statuses[status]}</StatusTag>,
                  },
                  {
                    title: t.proposed,
                    cell: ({ proposedBy, proposedAt }) => <ByWhom by={proposedBy} at={proposedAt} />,
                  },
                  { title: t.decide, cell: (change) => <Decision change={change} /> },
                ]}
              />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

function Decision({ change }: { readonly change: BudgetChangeView }) {
  const { changes: t } = useTexts(fundTexts);
  const language = useLanguage();
  const { id: changeId, version, decision, amount, year, kind } = change;
  if (decision) {
    return (
      <>
        <ByWhom by={decision.by} at={decision.at} />
        <small className="below">{decision.reason}</small>
      </>
    );
  }
  const fields = { reason: { label: t.reason, rows: 3 } };
  return (
    <Acts
      of={listBudgetChangeActions}
      id={{ changeId }}
      version={version}
      seen={{ [`${year}: ${t.kinds[kind]}`]: amount ? moneyText(amount, language) : '' }}
      acts={[
        act({ operation: confirmBudgetChange, ...t.confirm, fixed: { changeId }, fields }),
        act({ operation: rejectBudgetChange, ...t.reject, fixed: { changeId }, fields }),
      ]}
    />
  );
}

function ByWhom({ by, at }: { readonly by: string; readonly at: string }) {
  return (
    <>
      {by}
      <small className="below">
        <Instant value={at} />
      </small>
    </>
  );
}
