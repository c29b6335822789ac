import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { countPartnerships, type PartnershipCountsView } from '#contracts/partnership';
import { countryName } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { parametersOf } from '../ui/parameters';
import { Loaded } from '../ui/query-state';
import { Table } from '../ui/table';
import { counts } from './counts';
import { FILTER, PartnershipsFrame } from './partnerships-frame';
import { partnershipTexts } from './texts';
import { WorldPicture } from './world-picture';

/** A file of its own: it is fetched when a map is opened, and once. */
const WORLD = {
  queryKey: ['world-map'],
  staleTime: Infinity,
  queryFn: async () => (await import('./world-map')).default,
};

const COUNTED = countPartnerships.request.pick(FILTER);

export function PartnershipMapPage() {
  const [parameters] = useSearchParams();
  const query = useQuery(counts(parametersOf(COUNTED, parameters)));
  return (
    <PartnershipsFrame>
      <Loaded query={query}>{(counted) => <WithTable counted={counted} />}</Loaded>
    </PartnershipsFrame>
  );
}

/** The map, and the same numbers as a table. */
function WithTable({ counted }: { readonly counted: PartnershipCountsView }) {
  const { map: t, list } = useTexts(partnershipTexts);
  const language = useLanguage();
  const addressOf = useAddressOfCountry();
  const worldQuery = useQuery(WORLD);
  const rows = counted.countries
    .map((each) => ({ ...each, name: countryName(each.country, language) }))
    .sort((a, b) => b.partnerships - a.partnerships || a.name.localeCompare(b.name, language));
  if (rows.length === 0) return <div className="kern-body empty">{list.empty}</div>;
  return (
    <div className="chart chart--map">
      <figure className="chart__picture">
        <figcaption className="kern-body">{t.says(counted.partnerships, rows.length)}</figcaption>
        <Loaded query={worldQuery}>
          {(world) => <WorldPicture world={world} rows={rows} total={counted.partnerships} addressOf={addressOf} />}
        </Loaded>
        <p className="kern-body chart__source">{t.source}</p>
      </figure>
      <div className="chart__table">
        <Table
          caption={t.table}
          rows={rows}
          keyOf={({ country }) => country}
          columns={[
            {
              title: list.country,
              isHeading: true,
              cell: ({ country, name }) => (
                <Link className="kern-link" to={addressOf(country)}>
                  {name}
                </Link>
              ),
            },
            { title: list.title, isNumeric: true, cell: ({ partnerships }) => partnerships },
          ]}
        />
        <p className="kern-body">{t.several}</p>
      </div>
    </div>
  );
}

/** The list with the present filter, and of one country; without one: of all. */
function useAddressOfCountry(): (country?: string) => string {
  const [parameters] = useSearchParams();
  return (country) => {
    const filter = new URLSearchParams(parameters);
    filter.delete('country');
    if (country !== undefined) filter.set('country', country);
    return filter.size > 0 ? `/partnerships?${filter.toString()}` : '/partnerships';
  };
}
