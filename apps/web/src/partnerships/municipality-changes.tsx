import { useQuery } from '@tanstack/react-query';
import { listMunicipalityChanges, type MunicipalityChangeView } from '#contracts/partnership';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { countryName, dayText, numberText } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { List } from '../ui/list';
import { Section } from '../ui/page';
import { Instant } from '../ui/values';
import { municipalityTexts } from './municipality-texts';
import { positionText } from './position-text';
import { partnershipTexts } from './texts';

type Said = NonNullable<MunicipalityChangeView['before']>;

/** Every correction with its reason, and what was said before. */
export function MunicipalityChanges({ municipalityId }: { readonly municipalityId: string }) {
  const { changes: t } = useTexts(municipalityTexts);
  const query = useQuery(read(listMunicipalityChanges, { municipalityId }));
  return (
    <Section title={t.title}>
      <List
        query={query}
        caption={t.title}
        keyOf={({ sequence }) => String(sequence)}
        empty={t.none}
        columns={[
          { title: t.what, isHeading: true, cell: (change) => <What change={change} /> },
          { title: t.reason, cell: ({ reason }) => reason },
          {
            title: t.by,
            cell: ({ recordedBy, recordedAt }) => (
              <div>
                {recordedBy}, <Instant value={recordedAt} />
              </div>
            ),
          },
        ]}
      />
    </Section>
  );
}

function What({ change: { kind, before, after, identifier } }: { readonly change: MunicipalityChangeView }) {
  const { changes: t } = useTexts(municipalityTexts);
  const { schemes } = useTexts(partnershipTexts).municipality;
  const language = useLanguage();
  const wordsOf = useSaid();
  const was = before && wordsOf(before);
  const is = after && wordsOf(after);
  return (
    <div>
      {t.kinds[kind]}
      {identifier && (
        <div>
          {schemes[identifier.scheme]}: {identifier.value}
          {identifier.on !== null && ` (${dayText(identifier.on, language)})`}
        </div>
      )}
      {is?.map(([label, value], index) =>
        value === was?.[index]?.[1] ? null : (
          <div key={label}>
            {label}: <del>{was?.[index]?.[1]}</del> <ins>{value}</ins>
          </div>
        ),
      )}
    </div>
  );
}

/** Each part of what was said, with its label. */
function useSaid(): (said: Said) => readonly (readonly [label: string, value: string])[] {
  const { municipality: t } = useTexts(partnershipTexts);
  const { acts, changes, page } = useTexts(municipalityTexts);
  const { words } = useTexts(common);
  const language = useLanguage();
  return (said) => [
    [t.officialName, said.name],
    [t.localName, said.nameLocal ?? changes.nothing],
    [t.latinName, said.nameLatin ?? changes.nothing],
    [t.country, countryName(said.country, language)],
    [t.kind, words.municipalityKind[said.kind]],
    [t.population, said.population === null ? changes.nothing : numberText(said.population, language)],
    [acts.correct.populationOn, said.populationOn === null ? changes.nothing : dayText(said.populationOn, language)],
    [changes.key, said.registerKey ?? changes.nothing],
    [
      page.position,
      said.latitude === null || said.longitude === null
        ? changes.nothing
        : positionText({ latitude: said.latitude, longitude: said.longitude }, language),
    ],
  ];
}
