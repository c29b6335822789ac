import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { listSuccessions, type SuccessionView } from '#contracts/partnership';
import { read } from '../api/query';
import { dayText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { shortName } from '../i18n/names';
import { useTexts } from '../i18n/texts';
import { List } from '../ui/list';
import { Section } from '../ui/page';
import { Day } from '../ui/values';
import { municipalityTexts } from './municipality-texts';
import { partnershipTexts } from './texts';

type Named = SuccessionView['municipality'];

/** What became of it, and what went into it; each of them opens. */
export function Successions({ municipalityId }: { readonly municipalityId: string }) {
  const { successions: t } = useTexts(partnershipTexts).municipality;
  const query = useQuery(read(listSuccessions, { municipalityId }));
  return (
    <Section title={t.title}>
      <List
        query={query}
        caption={t.title}
        keyOf={({ id }) => id}
        empty={t.none}
        columns={[
          { title: t.on, isHeading: true, cell: ({ on }) => <Day value={on} /> },
          { title: t.what, cell: (succession) => <What succession={succession} here={municipalityId} /> },
          { title: t.why, cell: ({ reason }) => reason },
        ]}
      />
    </Section>
  );
}

function What({ succession, here }: { readonly succession: SuccessionView; readonly here: string }) {
  const { successions: t } = useTexts(partnershipTexts).municipality;
  const { kind, nameBefore, nameAfter, keyBefore, keyAfter, municipality, successors } = succession;
  if (successors.length > 0) {
    return (
      <div>
        {t.kinds[kind]}: <Towns towns={[{ ...municipality, name: nameBefore }]} here={here} /> →{' '}
        <Towns towns={successors} here={here} />
      </div>
    );
  }
  const [before, after] =
    nameBefore === nameAfter && keyAfter !== null ? [keyBefore ?? '', keyAfter] : [nameBefore, nameAfter];
  return `${t.kinds[kind]}: ${before} → ${after}`;
}

/** Since when it is gone, and what it is now. */
export function Ended({ municipalityId, on }: { readonly municipalityId: string; readonly on: string }) {
  const { page: t } = useTexts(municipalityTexts);
  const { data } = useQuery(read(listSuccessions, { municipalityId }));
  const language = useLanguage();
  const heirs = data?.items.flatMap(({ municipality, successors }) =>
    municipality.id === municipalityId ? successors : [],
  );
  return (
    <>
      {t.ended(dayText(on, language))} {heirs && <Towns towns={heirs} here={municipalityId} />}
    </>
  );
}

function Towns({ towns, here }: { readonly towns: readonly Named[]; readonly here: string }) {
  return towns.map(({ id, name }, index) => (
    <span key={id}>
      {index > 0 && ', '}
      {id === here ? (
        shortName(name)
      ) : (
        <Link className="kern-link" to={`/municipalities/${id}`}>
          {shortName(name)}
        </Link>
      )}
    </span>
  ));
}
