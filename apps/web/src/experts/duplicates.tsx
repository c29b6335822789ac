import { Link } from 'react-router';
import type { Problem } from '../api/problem';
import { useExpertNames } from '../api/names';
import { useTexts } from '../i18n/texts';
import { TextArea } from '../ui/inputs';
import { Notice } from '../ui/notice';
import { expertTexts } from './texts';

/** Records that may be of the same person, to be opened beside this one. */
export function LikelyDuplicates({ ids }: { readonly ids: readonly string[] }) {
  const { duplicates: t, expert } = useTexts(expertTexts);
  const nameOf = useExpertNames(ids, expert);
  if (ids.length === 0) return null;
  return (
    <Notice tone="warning" title={t.title}>
      <ul className="kern-list kern-list--bullet">
        {ids.map((id) => (
          <li key={id}>
            <Link className="kern-link" to={`/experts/${id}`} target="_blank">
              {nameOf(id)}
            </Link>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** Once the address is found to be another record's: which, and why this is another person all the same. */
export function DuplicateReason({ problem }: { readonly problem: Problem | undefined }) {
  const { duplicates: t } = useTexts(expertTexts);
  const ids = problem?.code === 'STAFFING_EXPERT_DUPLICATE_LIKELY' ? problem.details.expertIds : undefined;
  if (!Array.isArray(ids)) return null;
  return (
    <>
      <LikelyDuplicates ids={ids.map(String)} />
      <TextArea name="duplicateReason" label={t.reason} hint={t.reasonHint} rows={2} />
    </>
  );
}
