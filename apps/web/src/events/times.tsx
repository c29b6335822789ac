import { useLanguage, type UiLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { eventTexts } from './texts';

interface Span {
  readonly from: string;
  readonly to?: string;
  readonly timeZone: string;
}

/** When something is, by the clock of the place; and by the reader's own where that shows something else. */
export function ZonedTime(span: Span) {
  const { event: t } = useTexts(eventTexts);
  const language = useLanguage();
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const [there, here] = [spanText(span, language), spanText({ ...span, timeZone: own }, language)];
  return (
    <span className="zoned">
      <time dateTime={span.from}>{there}</time>
      <small>{t.here(placeOf(span.timeZone))}</small>
      {there !== here && (
        <>
          <time dateTime={span.from}>{here}</time>
          <small>{t.yours(placeOf(own))}</small>
        </>
      )}
    </span>
  );
}

/** `Mo., 1. März 2027, 10:00 – Di., 2. März 2027, 18:00`; what both ends share is said once. */
export function spanText({ from, to, timeZone }: Span, language: UiLanguage): string {
  const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
  return to === undefined ? format.format(new Date(from)) : format.formatRange(new Date(from), new Date(to));
}

/** `Africa/Dar_es_Salaam` is called Dar es Salaam. */
function placeOf(timeZone: string): string {
  return (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');
}
