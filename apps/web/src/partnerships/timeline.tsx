import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearchParams } from 'react-router';
import {
  type CaseFactView,
  getPartnership,
  listCaseFacts,
  listTimelineSources,
  type PartnershipView,
} from '#contracts/partnership';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { dayText, lastDayOf } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { partnershipName } from '../i18n/names';
import { useTexts } from '../i18n/texts';
import { List } from '../ui/list';
import { Notice } from '../ui/notice';
import { Page } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { Day } from '../ui/values';
import { partnershipTexts } from './texts';

/** Where each kind of case has its page. */
const PLACES: Readonly<Record<CaseFactView['about']['kind'], string>> = {
  PARTNERSHIP: '/partnerships',
  PROJECT: '/projects',
  REQUEST: '/requests',
  ASSIGNMENT: '/assignments',
  EVENT: '/events',
};

export function TimelinePage() {
  const { partnershipId = '' } = useParams();
  const query = useQuery(read(getPartnership, { partnershipId }));
  return <Loaded query={query}>{(partnership) => <Timeline partnership={partnership} />}</Loaded>;
}

function Timeline({ partnership }: { readonly partnership: PartnershipView }) {
  const { list, timeline: t } = useTexts(partnershipTexts);
  const detailsOf = useDetails();
  const [parameters] = useSearchParams();
  const cursor = parameters.get('cursor') ?? undefined;
  const query = useQuery(read(listCaseFacts, { partnershipId: partnership.id, cursor }));
  const crumbs = [
    { label: list.title, to: '/partnerships' },
    { label: partnershipName(partnership.participants), to: `/partnerships/${partnership.id}` },
  ];
  return (
    <Page title={t.title} caseNumber={partnership.caseNumber} lead={t.lead} crumbs={crumbs}>
      <Currency />
      <List
        query={query}
        caption={t.title}
        keyOf={({ id }) => id}
        empty={t.empty}
        columns={[
          { title: t.columns.on, isHeading: true, cell: ({ on }) => <Day value={on} /> },
          {
            title: t.columns.what,
            cell: (fact) => (
              // One box: on a small screen the parts of a cell would stand beside each other.
              <div>
                <strong>{t.kinds[fact.kind]}</strong>
                <div>{detailsOf(fact)}</div>
              </div>
            ),
          },
          {
            title: t.columns.about,
            cell: ({ about }) => (
              <Link className="kern-link" to={`${PLACES[about.kind]}/${about.id}`}>
                {t.about[about.kind]}
              </Link>
            ),
          },
          { title: t.columns.source, cell: ({ source }) => t.services[source] },
        ]}
      />
    </Page>
  );
}

/** How current it is: what another area told may still be on its way. */
function Currency() {
  const { timeline: t } = useTexts(partnershipTexts);
  const query = useQuery({ ...read(listTimelineSources, {}), refetchInterval: 10_000 });
  return (
    <Loaded query={query}>
      {({ items }) => {
        const named = (those: typeof items) => those.map(({ service }) => t.services[service]).join(', ');
        const unknown = items.filter(({ waiting }) => waiting === null);
        const behind = items.filter(({ waiting }) => waiting !== null && waiting > 0);
        if (unknown.length > 0) return <Notice tone="warning" title={t.unknown(named(unknown))} />;
        if (behind.length > 0) return <Notice tone="info" title={t.behind(named(behind))} />;
        return <p className="kern-body">{t.current}</p>;
      }}
    </Loaded>
  );
}

function useDetails(): (fact: CaseFactView) => string {
  const { timeline: t } = useTexts(partnershipTexts);
  const { words } = useTexts(common);
  const language = useLanguage();
  return ({ details: it }) =>
    [
      it.status && words.partnershipStatus[it.status],
      it.agreementKind && words.agreementKind[it.agreementKind],
      it.isEligible !== undefined && (it.isEligible ? t.eligible : t.notEligible),
      it.title,
      it.stage && words.projectStage[it.stage],
      it.instrument && words.instrument[it.instrument],
      it.reportKind && words.reportKind[it.reportKind],
      it.from && dayText(it.from, language) + (it.to ? ` – ${dayText(lastDayOf(it.to), language)}` : ''),
      it.note,
    ]
      .filter((each) => typeof each === 'string' && each !== '')
      .join(', ');
}
