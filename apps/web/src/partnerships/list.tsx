import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { listPartnerships } from '#contracts/partnership';
import { read } from '../api/query';
import { useTexts } from '../i18n/texts';
import { parametersOf } from '../ui/parameters';
import { PartnershipTable } from './partnership-table';
import { FILTER, PartnershipsFrame } from './partnerships-frame';
import { partnershipTexts } from './texts';

const LIST = listPartnerships.request.pick({ ...FILTER, cursor: true });

export function PartnershipsPage() {
  const { list: t } = useTexts(partnershipTexts);
  const [parameters] = useSearchParams();
  const query = useQuery(read(listPartnerships, { ...parametersOf(LIST, parameters), sort: ['-statusSince'] }));
  return (
    <PartnershipsFrame>
      <PartnershipTable query={query} empty={t.empty} />
    </PartnershipsFrame>
  );
}
