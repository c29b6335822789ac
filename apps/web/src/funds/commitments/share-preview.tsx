import { useState } from 'react';
import { type CommitmentView, estimateShareChange, type ShareChangeEstimate } from '#contracts/finance';
import { useTexts } from '../../i18n/texts';
import { Button } from '../../ui/button';
import { DayField, NumberField } from '../../ui/inputs';
import { Notice } from '../../ui/notice';
import { FormFrame } from '../../ui/operation-form';
import { Section } from '../../ui/page';
import { Table } from '../../ui/table';
import { useOperationForm } from '../../ui/use-operation-form';
import { Money } from '../../ui/values';
import { fundsTexts } from '../texts';
import { CostPlan } from './cost-plan';
import { commitmentTexts } from './texts';

/** What another share of full time would bind and release, before anybody asks for it. */
export function SharePreview({ commitment: { id } }: { readonly commitment: CommitmentView }) {
  const { share: t } = useTexts(commitmentTexts);
  const [estimate, setEstimate] = useState<ShareChangeEstimate>();
  const state = useOperationForm(estimateShareChange, {
    defaults: { from: '', fullTimePercent: 50 },
    request: (values: { from: string; fullTimePercent: number }) => ({ commitmentId: id, ...values }),
    onDone: setEstimate,
  });
  return (
    <Section title={t.title}>
      <p className="kern-body">{t.hint}</p>
      <FormFrame state={state}>
        <div className="repeated">
          <DayField name="from" label={t.from} />
          <NumberField name="fullTimePercent" label={t.percent} />
        </div>
        <div className="buttons">
          <Button type="submit" aria-disabled={state.isSending}>
            {t.submit}
          </Button>
        </div>
      </FormFrame>
      {estimate && <Estimate estimate={estimate} />}
    </Section>
  );
}

function Estimate({ estimate: { isCovered, byYear, total, plan } }: { readonly estimate: ShareChangeEstimate }) {
  const { share: t } = useTexts(commitmentTexts);
  const { year: yearTitle, total: totalTitle } = useTexts(fundsTexts);
  const rows = [
    ...byYear.map(({ year, ...amounts }) => ({ name: String(year), ...amounts })),
    { name: totalTitle, ...total, missing: undefined },
  ];
  return (
    <div className="stack">
      <Notice tone={isCovered ? 'success' : 'warning'} title={isCovered ? t.covered : t.notCovered} role="status" />
      <Table
        caption={t.title}
        rows={rows}
        keyOf={({ name }) => name}
        columns={[
          { title: yearTitle, isHeading: true, cell: ({ name }) => name },
          { title: t.before, isNumeric: true, cell: ({ before }) => <Money value={before} /> },
          { title: t.after, isNumeric: true, cell: ({ after }) => <Money value={after} /> },
          { title: t.missing, isNumeric: true, cell: ({ missing }) => (missing ? <Money value={missing} /> : '–') },
        ]}
      />
      <CostPlan plan={plan} />
    </div>
  );
}
