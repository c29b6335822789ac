import { useQuery } from '@tanstack/react-query';
import { Link, Navigate, useSearchParams } from 'react-router';
import { caseNumberIn, type SearchAnswer, type SearchHit } from '#contracts';
import { send } from '../api/call';
import { Problem } from '../api/problem';
import { common, type CommonTexts } from '../i18n/common';
import { localized } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { CaseNumber } from '../ui/case-number';
import { Notice } from '../ui/notice';
import { Page } from '../ui/page';
import { Loaded } from '../ui/query-state';
import { Table } from '../ui/table';
import { searchTexts } from './texts';

/** What was found over all areas; the number of a case leads to its page at once. */
export function SearchPage() {
  const t = useTexts(searchTexts);
  const { misheard } = useTexts(common);
  const [parameters] = useSearchParams();
  const q = parameters.get('q')?.trim() ?? '';
  const query = useQuery({
    queryKey: ['search', q],
    enabled: q !== '',
    queryFn: async ({ signal }): Promise<SearchAnswer> => {
      const response = await send(`/v1/search?${new URLSearchParams({ q }).toString()}`, {
        headers: { accept: 'application/json' },
        signal,
      });
      return (await response.json()) as SearchAnswer;
    },
  });
  return (
    <Page title={q === '' ? t.title : t.titleOf(q)}>
      {q === '' && <p className="kern-body">{t.nothingAsked}</p>}
      {query.error instanceof Problem && query.error.status === 400 ? (
        <Notice tone="warning" title={caseNumberIn(q) === undefined ? t.tooShort : misheard} role="alert" />
      ) : (
        q !== '' && <Loaded query={query}>{(answer) => <Results q={q} answer={answer} />}</Loaded>
      )}
    </Page>
  );
}

function Results({ q, answer: { items, unavailable } }: { readonly q: string; readonly answer: SearchAnswer }) {
  const t = useTexts(searchTexts);
  const { caseNumber } = useTexts(common);
  const stateOf = useStateOf();
  const language = useLanguage();
  const [only, ...others] = items;
  const address = only && others.length === 0 && caseNumberIn(q) !== undefined ? addressOf(only) : undefined;
  if (address !== undefined) return <Navigate to={address} replace />;
  const nameOf = ({ name }: SearchHit) => (typeof name === 'string' ? name : name && localized(name, language));
  return (
    <>
      {unavailable.length > 0 && (
        <Notice tone="warning" title={t.away} role="status">
          <p className="kern-body">{unavailable.map((service) => t.services[service]).join(', ')}</p>
        </Notice>
      )}
      <p className="kern-body" role="status">
        {t.found(items.length)}
      </p>
      {items.length > 0 && (
        <Table
          caption={t.title}
          rows={items}
          keyOf={({ kind, id }) => `${kind} ${id}`}
          columns={[
            { title: t.kind, cell: ({ kind }) => t.kinds[kind] },
            { title: caseNumber, cell: (hit) => (hit.caseNumber ? <CaseNumber value={hit.caseNumber} /> : '–') },
            {
              title: t.name,
              isHeading: true,
              cell: (hit) => <Hit hit={hit} name={nameOf(hit) ?? hit.caseNumber ?? t.kinds[hit.kind]} />,
            },
            { title: t.state, cell: (hit) => stateOf(hit) },
          ]}
        />
      )}
    </>
  );
}

function Hit({ hit, name }: { readonly hit: SearchHit; readonly name: string }) {
  const address = addressOf(hit);
  if (address === undefined) return name;
  return (
    <Link className="kern-link" to={address}>
      {name}
    </Link>
  );
}

const PLACES: Readonly<Partial<Record<SearchHit['kind'], string>>> = {
  partnership: '/partnerships',
  municipality: '/municipalities',
  project: '/projects',
  expertRequest: '/requests',
  expert: '/experts',
  assignment: '/assignments',
  payout: '/money/payouts',
  paymentRun: '/money/runs',
  claim: '/funds/claims',
  event: '/events',
  registration: '/registrations',
};

function addressOf({ kind, id }: SearchHit): string | undefined {
  const place = PLACES[kind];
  return place && `${place}/${id}`;
}

const STATES: Readonly<Partial<Record<SearchHit['kind'], keyof CommonTexts['words']>>> = {
  partnership: 'partnershipStatus',
  project: 'projectStatus',
  expertRequest: 'requestStatus',
  assignment: 'assignmentStatus',
  payout: 'payoutStatus',
  paymentRun: 'paymentRunStatus',
  event: 'eventStatus',
  registration: 'registrationStatus',
};

function useStateOf(): (hit: SearchHit) => string {
  const { words } = useTexts(common);
  return ({ kind, status }) => {
    const state = STATES[kind];
    const names: Readonly<Record<string, string>> = state ? words[state] : {};
    return (status !== null && names[status]) || '–';
  };
}
