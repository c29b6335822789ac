import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { listTravelClaims, submitTravelClaim } from '#contracts/finance';
import { read } from '../../api/query';
import { common } from '../../i18n/common';
import { dayText } from '../../i18n/format';
import { useLanguage } from '../../i18n/language';
import { useTexts } from '../../i18n/texts';
import { CreateLink } from '../../ui/create-link';
import { List } from '../../ui/list';
import { Page } from '../../ui/page';
import { parametersOf } from '../../ui/parameters';
import { StatusTag } from '../../ui/status-tag';
import { Money } from '../../ui/values';
import { MoneyTabs } from '../tabs';
import { PAYOUT_TONES } from '../tones';
import { travelTexts } from './texts';

const FILTERS = listTravelClaims.request.pick({ fundId: true, assignmentId: true, cursor: true });

/** Claims of travel costs: for experts their own. */
export function TravelClaimsPage() {
  const t = useTexts(travelTexts);
  const { words } = useTexts(common);
  const language = useLanguage();
  const [parameters] = useSearchParams();
  const query = useQuery(read(listTravelClaims, parametersOf(FILTERS, parameters)));
  const { columns } = t;
  return (
    <Page
      title={t.title}
      acts={
        <CreateLink operation={submitTravelClaim} to="/money/travel/new">
          {t.create}
        </CreateLink>
      }
    >
      <MoneyTabs />
      <List
        query={query}
        caption={t.title}
        keyOf={({ id }) => id}
        empty={t.empty}
        columns={[
          {
            title: columns.journey,
            isHeading: true,
            cell: ({ id, destination }) => (
              <Link className="kern-link" to={`/money/travel/${id}`}>
                {t.page.name(destination)}
              </Link>
            ),
          },
          {
            title: columns.days,
            cell: ({ startsOn, endsOn }) => t.between(dayText(startsOn, language), dayText(endsOn, language)),
          },
          { title: columns.purpose, cell: ({ purpose }) => purpose },
          { title: columns.total, isNumeric: true, cell: ({ total }) => <Money value={total} /> },
          {
            title: columns.payment,
            cell: ({ payouts }) => {
              const status = payouts.at(-1)?.status;
              return status && <StatusTag tone={PAYOUT_TONES[status]}>{words.payoutStatus[status]}</StatusTag>;
            },
          },
        ]}
      />
    </Page>
  );
}
