import { Link } from 'react-router';
import type { JournalEntryView } from '#contracts/finance';
import { moneyText } from '../../i18n/format';
import { useLanguage } from '../../i18n/language';
import { useTexts } from '../../i18n/texts';
import { Instant } from '../../ui/values';
import { fundsTexts } from '../texts';
import { fundTexts } from './texts';

/** What one entry moved, line by line; who brought it about, and where the case is. */
export function JournalLines({ entry, fundId }: { readonly entry: JournalEntryView; readonly fundId: string }) {
  const { journal: t } = useTexts(fundTexts);
  const { stages, categories } = useTexts(fundsTexts);
  const language = useLanguage();
  const { lines, bookedAt, bookedBy, reverses, reference, seal } = entry;
  const isSystem = bookedBy === null || bookedBy === 'service' || bookedBy.startsWith('message:');
  const to = caseOf(entry);
  return (
    <details className="waiting">
      <summary>{lines.length}</summary>
      <ul>
        {lines.map(({ year, stage, category, amount }) => (
          <li key={`${year}${stage}${category}${amount.amount}`}>
            <span className="kern-body kern-body--small">
              {[year, stages[stage], category ? categories[category] : undefined].filter(Boolean).join(', ')}:{' '}
              <span className="money">{moneyText(amount, language)}</span>
            </span>
          </li>
        ))}
      </ul>
      <p className="kern-body kern-body--small">
        {t.booked} <Instant value={bookedAt} /> {t.by} {isSystem ? t.service : bookedBy}
      </p>
      <p className="kern-body kern-body--small">
        {seal ? (
          <>
            {t.seal(seal.seq)} <span className="written">{seal.hash}</span>
          </>
        ) : (
          t.unsealed
        )}
      </p>
      {reverses && (
        <p className="kern-body kern-body--small">
          {t.reverses}: {reverses.reason}
        </p>
      )}
      <div className="links">
        {to !== undefined && (
          <Link className="kern-link" to={to}>
            {t.case}
          </Link>
        )}
        <Link className="kern-link" to={`/funds/${fundId}/journal?${new URLSearchParams({ reference }).toString()}`}>
          {t.sameCase}
        </Link>
      </div>
    </details>
  );
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** A reference that names two objects is of several cases at once, such as a collective order. */
function caseOf({ kind, reference }: JournalEntryView): string | undefined {
  const [id, ...others] = reference.match(UUID) ?? [];
  if (id === undefined || others.length > 0) return undefined;
  if (kind.startsWith('COMMITMENT_')) return `/funds/commitments/${id}`;
  if (kind.startsWith('CLAIM_')) return `/funds/claims/${id}`;
  if (kind.startsWith('PAYOUT_')) return `/money/payouts/${id}`;
  return undefined;
}
