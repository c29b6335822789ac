import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Page } from '#contracts';
import type { PartnershipStatus, PartnershipSummary } from '#contracts/partnership';
import type { z } from 'zod';
import { common } from '../i18n/common';
import { countryName } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { useCaseNumberColumn } from '../ui/case-number';
import { List } from '../ui/list';
import { StatusTag, type TagTone } from '../ui/status-tag';
import { Day } from '../ui/values';
import { useFieldNames } from '../api/fields-of-action';
import { partnershipName } from '../i18n/names';
import { partnershipTexts } from './texts';

type Row = z.infer<typeof PartnershipSummary>;

export const PARTNERSHIP_TONES: Readonly<Record<PartnershipStatus, TagTone>> = {
  PROPOSED: 'info',
  ACTIVE: 'success',
  DORMANT: 'warning',
  ENDED: 'neutral',
};

export function PartnershipTable({
  query,
  empty,
}: {
  readonly query: UseQueryResult<Page<Row>>;
  readonly empty: string;
}) {
  const t = useTexts(partnershipTexts);
  const { words } = useTexts(common);
  const language = useLanguage();
  const fieldName = useFieldNames();
  const numberColumn = useCaseNumberColumn();
  const { columns } = t.list;
  return (
    <List
      query={query}
      caption={t.list.title}
      keyOf={({ id }) => id}
      empty={empty}
      columns={[
        numberColumn,
        {
          title: columns.name,
          isHeading: true,
          cell: ({ id, participants }) => (
            <Link className="kern-link" to={`/partnerships/${id}`}>
              {partnershipName(participants)}
            </Link>
          ),
        },
        {
          title: columns.status,
          cell: ({ status }) => (
            <StatusTag tone={PARTNERSHIP_TONES[status]}>{words.partnershipStatus[status]}</StatusTag>
          ),
        },
        { title: columns.since, cell: ({ statusSince }) => <Day value={statusSince} /> },
        { title: columns.kind, cell: ({ kind }) => words.partnershipKind[kind] },
        {
          title: columns.countries,
          cell: ({ participants }) =>
            [
              ...new Set(
                participants.filter(({ side }) => side !== 'DE').map(({ country }) => countryName(country, language)),
              ),
            ].join(', '),
        },
        {
          title: columns.fields,
          cell: ({ fieldsOfAction }) => fieldsOfAction.map(({ key }) => fieldName(key)).join(', '),
        },
      ]}
    />
  );
}
