import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { getCommitment, listPayouts } from '#contracts/finance';
import type { AssignmentView } from '#contracts/staffing';
import { mayCall } from '../api/may';
import { read } from '../api/query';
import { useSession } from '../api/use-session';
import { useTexts } from '../i18n/texts';
import { Section } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { StatusTag } from '../ui/status-tag';
import { Table } from '../ui/table';
import { Money } from '../ui/values';
import { PayeeOf } from './payee';
import { PlanLines } from './plan-lines';
import { assignmentTexts } from './texts';

/** What the assignment costs and what of it is bound, year by year; the total opens to its lines and rules. */
export function Cover({ assignment }: { readonly assignment: AssignmentView }) {
  const { commitmentId } = assignment;
  const { page, commitmentStatus } = useTexts(assignmentTexts);
  const { roles } = useSession();
  const query = useQuery({
    ...read(getCommitment, { commitmentId: commitmentId ?? '' }),
    enabled: commitmentId !== null,
  });
  if (!mayCall(getCommitment, roles)) return null;
  return (
    <Section title={page.money}>
      {commitmentId === null ? (
        <p className="kern-body">{page.noMoney}</p>
      ) : (
        <Loaded query={query}>
          {({ status, byYear, total, plan }) => (
            <div className="stack">
              <p className="kern-body">
                {page.total}:{' '}
                <strong>
                  <Money value={total} />
                </strong>{' '}
                <StatusTag tone={status === 'COMMITTED' ? 'success' : 'info'}>{commitmentStatus[status]}</StatusTag>
              </p>
              <Table
                caption={page.money}
                rows={byYear}
                keyOf={({ year }) => String(year)}
                columns={[
                  { title: page.year, isHeading: true, cell: ({ year }) => year },
                  { title: page.granted, isNumeric: true, cell: ({ amount }) => <Money value={amount} /> },
                  { title: page.stillOpen, isNumeric: true, cell: ({ open }) => <Money value={open} /> },
                ]}
              />
              {plan && <PlanLines plan={plan} />}
              <PayeeOf assignment={assignment} />
              {mayCall(listPayouts, roles) && (
                <Link className="kern-link" to={`/money/payouts?assignmentId=${assignment.id}`}>
                  {page.payouts}
                </Link>
              )}
            </div>
          )}
        </Loaded>
      )}
    </Section>
  );
}
