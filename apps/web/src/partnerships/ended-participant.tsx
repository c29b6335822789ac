import { Link } from 'react-router';
import { useMunicipalityNames } from '../api/names';
import type { Problem } from '../api/problem';
import { useTexts } from '../i18n/texts';
import { Notice } from '../ui/notice';
import { partnershipTexts } from './texts';

/** Once a municipality that was named turns out to have ended: which, and whom it went into. */
export function EndedParticipant({ problem }: { readonly problem: Problem | undefined }) {
  const { create: t } = useTexts(partnershipTexts);
  const { municipalityId, successorIds } =
    problem?.code === 'PARTNERSHIP_PARTICIPANT_ENDED' ? problem.details : ({} as Problem['details']);
  const heirs = Array.isArray(successorIds) ? successorIds.map(String) : [];
  const ended = typeof municipalityId === 'string' ? municipalityId : undefined;
  const nameOf = useMunicipalityNames(ended === undefined ? [] : [ended, ...heirs]);
  if (ended === undefined) return null;
  return (
    <Notice tone="warning" title={t.ended}>
      <p className="kern-body">{t.endedOne(nameOf(ended))}</p>
      <ul className="kern-list kern-list--bullet">
        {heirs.map((id) => (
          <li key={id}>
            <Link className="kern-link" to={`/municipalities/${id}`} target="_blank">
              {nameOf(id)}
            </Link>
          </li>
        ))}
      </ul>
    </Notice>
  );
}
