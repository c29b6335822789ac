import type { AssignmentView } from '#contracts/staffing';
import { dayText, lastDayOf } from '../i18n/format';
import { useLanguage } from '../i18n/language';
import { useTexts } from '../i18n/texts';
import { useTermsText } from '../ui/cost-terms';
import { Notice } from '../ui/notice';
import { Money } from '../ui/values';
import { assignmentTexts } from './texts';

type Refusal = Pick<NonNullable<AssignmentView['fundingRefusal']>, 'shortfalls'>;

/** What was asked of the fund or lacks money: the whole, a longer term, another share, other terms, a change that has happened. */
export function Asked({ assignment }: { readonly assignment: AssignmentView }) {
  const { page: t } = useTexts(assignmentTexts);
  const language = useLanguage();
  const termsText = useTermsText();
  const { fundingRefusal, extension, shareRequest, termsRequest, coverShortfall, lapsedDecision } = assignment;
  return (
    <>
      {fundingRefusal && (
        <Notice tone="danger" title={t.refused}>
          <Shortfalls refusal={fundingRefusal} />
        </Notice>
      )}
      {coverShortfall && (
        <Notice tone="warning" title={t.coverShort}>
          <Shortfalls refusal={coverShortfall} />
        </Notice>
      )}
      {extension && (
        <Notice
          tone={extension.status === 'REFUSED' ? 'danger' : 'info'}
          title={`${extension.status === 'REFUSED' ? t.extensionRefused : t.extensionPending} (${t.until} ${dayText(lastDayOf(extension.requestedTo), language)})`}
        >
          {extension.refusal && <Shortfalls refusal={extension.refusal} />}
        </Notice>
      )}
      {shareRequest && (
        <Notice
          tone={shareRequest.status === 'REFUSED' ? 'danger' : 'info'}
          title={`${shareRequest.status === 'REFUSED' ? t.shareRefused : t.sharePending} (${shareRequest.fullTimePercent} %)`}
        >
          {shareRequest.refusal && <Shortfalls refusal={shareRequest.refusal} />}
        </Notice>
      )}
      {termsRequest && (
        <Notice
          tone={termsRequest.status === 'REFUSED' ? 'danger' : 'info'}
          title={`${termsRequest.status === 'REFUSED' ? t.termsRefused : t.termsPending} (${dayText(termsRequest.from, language)})`}
        >
          {termsRequest.terms && <p className="kern-body">{termsText(termsRequest.terms)}</p>}
          {termsRequest.refusal && <Shortfalls refusal={termsRequest.refusal} />}
        </Notice>
      )}
      {lapsedDecision && assignment.partnerDecision === null && (
        <Notice tone="warning" title={t.lapsed}>
          <p className="kern-body">
            {t.lapsedParts}: {lapsedDecision.changed.map((part) => t.planParts[part]).join(', ')}
          </p>
        </Notice>
      )}
    </>
  );
}

function Shortfalls({ refusal: { shortfalls } }: { readonly refusal: Refusal }) {
  const { page } = useTexts(assignmentTexts);
  return (
    <ul className="kern-list">
      {shortfalls.map(({ year, missing }) => (
        <li key={year}>
          {page.missing(year)}
          {missing && (
            <>
              : <Money value={missing} />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
