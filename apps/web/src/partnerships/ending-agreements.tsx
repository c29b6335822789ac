import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { listEndingAgreements } from '#contracts/partnership';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { useTexts } from '../i18n/texts';
import { CaseNumber } from '../ui/case-number';
import { List } from '../ui/list';
import { Page } from '../ui/page';
import { parametersOf } from '../ui/parameters';
import { Day, Period } from '../ui/values';
import { partnershipTexts } from './texts';

const FILTERS = listEndingAgreements.request.pick({
  endsOnFrom: true,
  endsOnTo: true,
  isFollowed: true,
  cursor: true,
});

/** Agreements that end, the next first; each leads to its partnership, where the one that follows is recorded. */
export function EndingAgreementsPage() {
  const { list, page, ending: t } = useTexts(partnershipTexts);
  const { words } = useTexts(common);
  const [parameters] = useSearchParams();
  const query = useQuery(read(listEndingAgreements, parametersOf(FILTERS, parameters)));
  const { agreement } = page;
  return (
    <Page title={t.title} crumbs={[{ label: list.title, to: '/partnerships' }]} lead={t.lead}>
      <List
        query={query}
        caption={t.title}
        keyOf={({ id }) => id}
        empty={t.empty}
        columns={[
          {
            title: t.partnership,
            isHeading: true,
            cell: ({ partnershipId, caseNumber }) => (
              <Link className="kern-link" to={`/partnerships/${partnershipId}`}>
                <CaseNumber value={caseNumber} />
              </Link>
            ),
          },
          { title: agreement.kind, cell: ({ kind }) => words.agreementKind[kind] },
          { title: agreement.period, cell: ({ period }) => <Period value={period} /> },
          { title: agreement.signedOn, cell: ({ signedOn }) => <Day value={signedOn} /> },
          { title: t.follows, cell: ({ isFollowed }) => (isFollowed ? t.followed : t.notFollowed) },
        ]}
      />
    </Page>
  );
}
