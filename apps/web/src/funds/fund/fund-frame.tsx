import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import { type FundView, getFund, simulateFund } from '#contracts/finance';
import { mayCall } from '../../api/may';
import { read } from '../../api/query';
import { useSession } from '../../api/use-session';
import { useTexts } from '../../i18n/texts';
import { Page } from '../../ui/page';
import { Loaded } from '../../ui/query-state';
import { Tabs } from '../../ui/tabs';
import { fundTexts } from './texts';

interface FundFrameProps {
  /** What the page is called beside the name of the fund. */
  readonly part?: string;
  readonly lead?: (fund: FundView) => ReactNode;
  readonly acts?: (fund: FundView) => ReactNode;
  readonly children: (fund: FundView) => ReactNode;
}

/** The frame of all pages of one fund: its name, its parts beside each other. */
export function FundFrame({ part, lead, acts, children }: FundFrameProps) {
  const { tabs, list } = useTexts(fundTexts);
  const { fundId = '' } = useParams();
  const { roles } = useSession();
  const query = useQuery(read(getFund, { fundId }));
  const to = `/funds/${fundId}`;
  return (
    <Loaded query={query}>
      {(fund) => (
        <Page
          title={part === undefined ? fund.name : `${part} – ${fund.name}`}
          crumbs={[{ label: list.title, to: '/funds' }, ...(part === undefined ? [] : [{ label: fund.name, to }])]}
          lead={lead?.(fund)}
          acts={acts?.(fund)}
        >
          <Tabs
            label={tabs.label}
            tabs={[
              { to, label: tabs.cockpit, isWhole: true },
              { to: `${to}/journal`, label: tabs.journal },
              { to: `${to}/statement`, label: tabs.statement },
              ...(mayCall(simulateFund, roles) ? [{ to: `${to}/what-if`, label: tabs.whatIf }] : []),
            ]}
          />
          {children(fund)}
        </Page>
      )}
    </Loaded>
  );
}
