import { useQuery } from '@tanstack/react-query';
import { listPartnershipChanges, type PartnershipChangeView } from '#contracts/partnership';
import { useFieldNames } from '../api/fields-of-action';
import { read } from '../api/query';
import { common } from '../i18n/common';
import { dayText, languageName, lastDayOf } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { List } from '../ui/list';
import { Section } from '../ui/page';
import { Day, Instant } from '../ui/values';
import { partnershipTexts } from './texts';

type Said = PartnershipChangeView['before'];

/** What the partnership said before, since when no more, and why. */
export function Changes({ partnershipId }: { readonly partnershipId: string }) {
  const { page, list } = useTexts(partnershipTexts);
  const wordsOf = useSaid();
  const query = useQuery(read(listPartnershipChanges, { partnershipId }));
  const { changes: t } = page;
  return (
    <Section title={t.title}>
      <List
        query={query}
        caption={t.title}
        keyOf={({ sequence }) => String(sequence)}
        empty={t.none}
        columns={[
          { title: list.columns.since, isHeading: true, cell: ({ on }) => <Day value={on} /> },
          {
            title: t.what,
            cell: ({ before, after }) => {
              const [was, is] = [wordsOf(before), wordsOf(after)];
              return (
                <div>
                  {is.flatMap(([label, value], index) =>
                    value === was[index]?.[1]
                      ? []
                      : [
                          <div key={label}>
                            {label}: <del>{was[index]?.[1]}</del> <ins>{value}</ins>
                          </div>,
                        ],
                  )}
                </div>
              );
            },
          },
          { title: t.reason, cell: ({ reason }) => reason },
          {
            title: page.agreement.recordedBy,
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

/** Each part of what was said, with its label. */
function useSaid(): (said: Said) => readonly (readonly [label: string, value: string])[] {
  const { page } = useTexts(partnershipTexts);
  const { words } = useTexts(common);
  const language = useLanguage();
  const fieldName = useFieldNames();
  const listed = (all: readonly string[]) => all.join(', ');
  const periodOf = ({ period }: Said) =>
    period === null
      ? page.unlimited
      : `${dayText(period.from, language)} – ${period.to === null ? '' : dayText(lastDayOf(period.to), language)}`;
  return (said) => [
    [page.kind, words.partnershipKind[said.kind]],
    [page.participants, listed(said.participants.map(({ name }) => name))],
    [page.period, periodOf(said)],
    [page.languages, listed(said.languages.map((code) => languageName(code, language)))],
    [page.fields, listed(said.fieldsOfAction.map(({ key, percent }) => `${fieldName(key)} ${percent} %`))],
  ];
}
