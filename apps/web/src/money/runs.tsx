import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { createPaymentRun, listPaymentRuns } from '#contracts/finance';
import { mayCall } from '../api/may';
import { read } from '../api/query';
import { useSession } from '../api/use-session';
import { common } from '../i18n/common';
import { dayText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { Button } from '../ui/button';
import { useCaseNumberColumn } from '../ui/case-number';
import { CaseNumberFilter, ChoiceFilter, Filters } from '../ui/filters';
import { choicesOf } from '../ui/inputs';
import { List } from '../ui/list';
import { Page } from '../ui/page';
import { parametersOf } from '../ui/parameters';
import { StatusTag } from '../ui/status-tag';
import { useLeft } from '../ui/step-up';
import { Day, Money } from '../ui/values';
import { CreateRun } from './create-run';
import { MoneyTabs } from './tabs';
import { officeTexts } from './texts';
import { RUN_TONES } from './tones';

const FILTERS = listPaymentRuns.request.pick({
  caseNumber: true,
  status: true,
  fundId: true,
  isReinstatementProposed: true,
  executionOnTo: true,
  cursor: true,
});

export function RunsPage() {
  const { runs: t } = useTexts(officeTexts);
  const { words } = useTexts(common);
  const { roles } = useSession();
  const [parameters] = useSearchParams();
  const numberColumn = useCaseNumberColumn();
  const [isOpen, setOpen] = useState(useLeft([createPaymentRun]) !== undefined);
  const query = useQuery(read(listPaymentRuns, parametersOf(FILTERS, parameters)));
  const { columns } = t;
  const language = useLanguage();
  return (
    <Page
      title={t.title}
      acts={
        mayCall(createPaymentRun, roles) && (
          <div className="buttons">
            <Button rank="primary" icon="add" onClick={() => setOpen(true)}>
              {t.create}
            </Button>
          </div>
        )
      }
    >
      <MoneyTabs />
      <Filters>
        <CaseNumberFilter />
        <ChoiceFilter name="status" label={t.status} choices={choicesOf(words.paymentRunStatus)} />
      </Filters>
      <List
        query={query}
        caption={t.title}
        keyOf={({ id }) => id}
        empty={t.empty}
        columns={[
          numberColumn,
          {
            title: columns.run,
            isHeading: true,
            cell: ({ id, executionOn, paymentType }) => (
              <Link className="kern-link" to={`/money/runs/${id}`}>
                {t.name(dayText(executionOn, language), t.types[paymentType])}
              </Link>
            ),
          },
          {
            title: columns.status,
            cell: ({ status }) => <StatusTag tone={RUN_TONES[status]}>{words.paymentRunStatus[status]}</StatusTag>,
          },
          { title: columns.type, cell: ({ paymentType }) => t.types[paymentType] },
          { title: columns.execution, cell: ({ executionOn }) => <Day value={executionOn} /> },
          { title: columns.payouts, isNumeric: true, cell: ({ transfers }) => transfers },
          { title: columns.total, isNumeric: true, cell: ({ total }) => (total ? <Money value={total} /> : '–') },
        ]}
      />
      {isOpen && <CreateRun onClose={() => setOpen(false)} />}
    </Page>
  );
}
