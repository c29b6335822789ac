import { useQuery } from '@tanstack/react-query';
import {
  confirmExchangeRateProposal,
  listExchangeRateProposalActions,
  listExchangeRateProposals,
  rejectExchangeRateProposal,
} from '#contracts/finance';
import { mayCall } from '../../api/may';
import { read } from '../../api/query';
import { useSession } from '../../api/use-session';
import { dayText } from '../../i18n/format';
import { useLanguage } from '../../i18n/language';
import { useTexts } from '../../i18n/texts';
import { act } from '../../ui/act';
import { Acts } from '../../ui/acts';
import { Section } from '../../ui/page';
import { Loaded } from '../../ui/query-state';
import { Table } from '../../ui/table';
import { Day, Decimal } from '../../ui/values';
import { rateTexts } from './texts';

/** Rates that differ much from those before them: another person compares them with the source. Nothing where none waits. */
export function WaitingRates() {
  const { roles } = useSession();
  return mayCall(listExchangeRateProposals, roles) ? <Waiting /> : null;
}

function Waiting() {
  const { waiting: t, columns } = useTexts(rateTexts);
  const language = useLanguage();
  const query = useQuery(read(listExchangeRateProposals, { status: 'PROPOSED' }));
  const fields = { reason: { label: t.reason, rows: 3 } };
  return (
    <Loaded query={query}>
      {({ items }) =>
        items.length > 0 && (
          <Section title={t.title}>
            <p className="kern-body">{t.lead}</p>
            <Table
              caption={t.title}
              rows={items}
              keyOf={({ id }) => id}
              columns={[
                {
                  title: columns.currency,
                  isHeading: true,
                  cell: ({ currency, rateOn }) => `${currency}, ${dayText(rateOn, language)}`,
                },
                { title: columns.rate, isNumeric: true, cell: ({ rate }) => <Decimal value={rate} /> },
                {
                  title: t.former,
                  isNumeric: true,
                  cell: ({ former }) => (
                    <>
                      <Decimal value={former.rate} />
                      <small className="below">
                        <Day value={former.rateOn} />
                      </small>
                    </>
                  ),
                },
                {
                  title: t.difference,
                  isNumeric: true,
                  cell: ({ differsBy }) => <Decimal value={differsBy} unit="%" />,
                },
                { title: columns.source, cell: ({ source }) => source },
                { title: t.by, cell: ({ proposedBy }) => proposedBy },
                {
                  title: t.decide,
                  cell: ({ id: proposalId, version, rate }) => (
                    <Acts
                      of={listExchangeRateProposalActions}
                      id={{ proposalId }}
                      version={version}
                      seen={{ [columns.rate]: rate }}
                      acts={[
                        act({ operation: confirmExchangeRateProposal, ...t.confirm, fixed: { proposalId }, fields }),
                        act({ operation: rejectExchangeRateProposal, ...t.reject, fixed: { proposalId }, fields }),
                      ]}
                    />
                  ),
                },
              ]}
            />
          </Section>
        )
      }
    </Loaded>
  );
}
