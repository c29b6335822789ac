import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { listRateRefixings } from '#contracts/finance';
import type { ReplyOf } from '#contracts';
import { mayCall } from '../../api/may';
import { useAssignmentNames } from '../../api/names';
import { read } from '../../api/query';
import { useSession } from '../../api/use-session';
import { useTexts } from '../../i18n/texts';
import { Section } from '../../ui/page';
import { Loaded } from '../../ui/query-state';
import { Table } from '../../ui/table';
import { Day, Decimal, Period } from '../../ui/values';
import { rateTexts } from './texts';

type Refixings = ReplyOf<typeof listRateRefixings>;
type Rate = Refixings['items'][number]['fixed'];

/** The top-ups that a rate has moved away from; each leads to the commitment, where it is fixed anew. */
export function Refixings() {
  const { roles } = useSession();
  return mayCall(listRateRefixings, roles) ? <Listed /> : null;
}

function Listed() {
  const { refixings: t } = useTexts(rateTexts);
  const query = useQuery(read(listRateRefixings, {}));
  return (
    <Section title={t.title}>
      <Loaded query={query}>
        {({ threshold, items }) =>
          items.length === 0 ? (
            <p className="kern-body empty">{t.empty(threshold)}</p>
          ) : (
            <>
              <p className="kern-body">{t.lead(threshold)}</p>
              <Rows items={items} />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

function Rows({ items }: Pick<Refixings, 'items'>) {
  const { refixings: t, waiting } = useTexts(rateTexts);
  const nameOf = useAssignmentNames(
    items.map(({ assignmentId }) => assignmentId),
    t.nameOf,
    t.expert,
  );
  return (
    <Table
      caption={t.title}
      rows={items}
      keyOf={({ commitmentId }) => commitmentId}
      columns={[
        {
          title: t.what,
          isHeading: true,
          cell: ({ commitmentId, assignmentId }) => (
            <Link className="kern-link" to={`/funds/commitments/${commitmentId}`}>
              {nameOf(assignmentId)}
            </Link>
          ),
        },
        { title: t.period, cell: ({ period }) => <Period value={period} /> },
        { title: t.fixed, isNumeric: true, cell: ({ fixed }) => <DatedRate rate={fixed} /> },
        { title: t.latest, isNumeric: true, cell: ({ latest }) => <DatedRate rate={latest} /> },
        { title: waiting.difference, isNumeric: true, cell: ({ differsBy }) => <Decimal value={differsBy} unit="%" /> },
      ]}
    />
  );
}

function DatedRate({ rate: { currency, rate, rateOn } }: { readonly rate: Rate }) {
  return (
    <>
      {currency} <Decimal value={rate} />
      <small className="below">
        <Day value={rateOn} />
      </small>
    </>
  );
}
