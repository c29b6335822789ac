import { useQuery } from '@tanstack/react-query';
import { listOutdatedRates } from '#contracts/finance';
import { mayCall } from '../../api/may';
import { read } from '../../api/query';
import { useSession } from '../../api/use-session';
import { useTexts } from '../../i18n/texts';
import { Section } from '../../ui/page';
import { Loaded } from '../../ui/query-state';
import { Table } from '../../ui/table';
import { Day, Decimal } from '../../ui/values';
import { rateTexts } from './texts';

/** Currencies in use that need a newer rate. Nothing where none does. */
export function OutdatedRates() {
  const { roles } = useSession();
  return mayCall(listOutdatedRates, roles) ? <Listed /> : null;
}

function Listed() {
  const { outdated: t, columns } = useTexts(rateTexts);
  const query = useQuery(read(listOutdatedRates, {}));
  return (
    <Loaded query={query}>
      {({ ageMaxDays, items }) =>
        items.length > 0 && (
          <Section title={t.title}>
            <p className="kern-body">{t.lead(ageMaxDays)}</p>
            <Table
              caption={t.title}
              rows={items}
              keyOf={({ latest }) => latest.currency}
              columns={[
                { title: columns.currency, isHeading: true, cell: ({ latest }) => latest.currency },
                { title: columns.on, cell: ({ latest }) => <Day value={latest.rateOn} /> },
                { title: columns.rate, isNumeric: true, cell: ({ latest }) => <Decimal value={latest.rate} /> },
                { title: columns.source, cell: ({ latest }) => latest.source },
                { title: t.since, cell: ({ outdatedSince }) => <Day value={outdatedSince} /> },
                { title: t.commitments, isNumeric: true, cell: ({ commitments }) => commitments },
              ]}
            />
          </Section>
        )
      }
    </Loaded>
  );
}
