import { common } from '../i18n/common';
import { dayText, lastDayOf } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';

interface Days {
  readonly from: string;
  readonly to: string;
}

/** A calendar year by its number, any other period by its days. */
export function usePeriodText(): (period: Days) => string {
  const { period: t } = useTexts(common);
  const language = useLanguage();
  return ({ from, to }) => {
    const year = from.slice(0, 4);
    const isYear = from === `${year}-01-01` && lastDayOf(to) === `${year}-12-31`;
    return isYear ? year : t.between(dayText(from, language), dayText(lastDayOf(to), language));
  };
}
