import { Link } from 'react-router';
import { useMunicipalityNames } from '../api/names';
import type { Problem } from '../api/problem';
import { useTexts } from '../i18n/texts';
import { TextArea } from '../ui/inputs';
import { Notice } from '../ui/notice';
import { partnershipTexts } from './texts';

/** Once one is found to be much like a recorded one: which, and why this is another all the same. */
export function DuplicateReason({ problem }: { readonly problem: Problem | undefined }) {
  const { municipality: t } = useTexts(partnershipTexts);
  const known = problem?.code === 'PARTNERSHIP_MUNICIPALITY_DUPLICATE_LIKELY' ? problem.details.municipalityIds : [];
  const ids = Array.isArray(known) ? known.map(String) : [];
  const nameOf = useMunicipalityNames(ids);
  if (ids.length === 0) return null;
  return (
    <>
      <Notice tone="warning" title={t.duplicate}>
        <ul className="kern-list kern-list--bullet">
          {ids.map((id) => (
            <li key={id}>
              <Link className="kern-link" to={`/municipalities/${id}`} target="_blank">
                {nameOf(id)}
              </Link>
            </li>
          ))}
        </ul>
      </Notice>
      <TextArea name="duplicateReason" label={t.duplicateReason} hint={t.duplicateReasonHint} rows={2} />
    </>
  );
}
