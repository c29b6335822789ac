import type { AssignmentView } from '#contracts/staffing';
import type { Queries } from '#database';
import type { Call } from '#platform';
import { expertProfile } from '../experts/expert-profile.reader';
import type { Assignment } from './assignment.entity';

type Bound = Pick<Assignment, 'expertId' | 'employerMunicipalityId' | 'expertConsentAt'>;

/**
 * The person of an assignment as its employer sees it, and nobody else by this: the profile, and the name while the expert
 * consents (docs/domain.md#employers-decision).
 */
export async function candidateFor(
  source: Queries,
  { expertId, employerMunicipalityId, expertConsentAt }: Bound,
  { caller }: Call,
): Promise<AssignmentView['candidate']> {
  if (!caller.roles.includes('municipality-partner') || caller.municipalityId !== employerMunicipalityId) return null;
  const profile = await expertProfile(source, expertId);
  return profile ? { ...profile, name: expertConsentAt && profile.name } : null;
}
