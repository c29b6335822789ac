import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { getClaimInterest } from '#contracts/finance';
import { read } from '../../api/query';
import { useTexts } from '../../i18n/texts';
import { DayInput } from '../../ui/day-input';
import { Section } from '../../ui/page';
import { Loaded } from '../../ui/query-state';
import { Interest } from '../interest';
import { claimTexts } from './texts';

/** Interest on what is open, as of a day. */
export function ClaimInterest({ claimId }: { readonly claimId: string }) {
  const { page: t } = useTexts(claimTexts);
  const field = useId();
  const [day, setDay] = useState('');
  const isDay = /^\d{4}-\d\d-\d\d$/.test(day);
  const query = useQuery({
    ...read(getClaimInterest, { claimId, ...(isDay && { asOf: day }) }),
    placeholderData: keepPreviousData,
  });
  return (
    <Section
      title={t.interest}
      acts={
        <label htmlFor={field} className="inline-field">
          {t.asOf} <DayInput id={field} value={day || (query.data?.asOf ?? '')} onChange={setDay} />
        </label>
      }
    >
      <Loaded query={query}>{({ interest }) => <Interest interest={interest} />}</Loaded>
    </Section>
  );
}
