import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useWatch } from 'react-hook-form';
import { calculateTravelClaim } from '#contracts/finance';
import { call } from '../../api/call';
import { Problem } from '../../api/problem';
import { countryName, dayText } from '../../i18n/format';
import { useLanguage } from '../../i18n/language';
import { useTexts } from '../../i18n/texts';
import { withoutBlanks } from '../../ui/issues';
import { Notice } from '../../ui/notice';
import { Refusal } from '../../ui/query-state';
import { TravelLines } from './lines';
import { travelTexts } from './texts';
import { draftOf } from './values';

/** What the journey in the form is worth, before it is sent. */
export function TravelResult() {
  const { form: t } = useTexts(travelTexts);
  const language = useLanguage();
  const input = draftOf(withoutBlanks(useWatch()) ?? {});
  const isComplete = calculateTravelClaim.request.safeParse(input).success;
  const query = useQuery({
    queryKey: [calculateTravelClaim.subject, input],
    queryFn: ({ signal }) => call(calculateTravelClaim, input, { signal }),
    enabled: isComplete,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return (
    <section className="part" aria-label={t.result}>
      <h2 className="kern-heading-small">{t.result}</h2>
      {!isComplete && <p className="kern-body">{t.resultHint}</p>}
      {isComplete && query.error && <Refused error={query.error} />}
      {isComplete && query.data && !query.error && (
        <>
          <TravelLines {...query.data} />
          <p className="kern-body">{t.until(dayText(query.data.claimableUntil, language))}</p>
        </>
      )}
    </section>
  );
}

/** A rate that is missing is named in the words of the office; all else says itself. */
function Refused({ error }: { readonly error: Error }) {
  const { form: t } = useTexts(travelTexts);
  const language = useLanguage();
  if (!(error instanceof Problem) || error.code !== 'FINANCE_TRAVEL_RATE_MISSING') return <Refusal error={error} />;
  const { ruleSet, key, on } = error.details as Readonly<Record<string, string | undefined>>;
  const country = ruleSet === 'TRAVEL' || key === undefined ? t.abroad : countryName(key, language);
  const what = t.missingRate[ruleSet ?? ''] ?? '';
  return <Notice tone="warning" title={t.missing(what, country, on === undefined ? '' : dayText(on, language))} />;
}
