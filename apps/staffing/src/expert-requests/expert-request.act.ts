import { listExpertRequestActions } from '#contracts/staffing';
import type { Ownership } from '#database';
import { actsOn } from '#messaging';
import { takingPartIn } from '../participants.rows';
import { ExpertRequest } from './expert-request.entity';

const EXPERT_REQUEST = { from: 'expert_request request', id: 'request.id' };

/** A request belongs to every municipality of its partnerships, but of those that others have named and that have not joined. */
export const EXPERT_REQUEST_OWNERSHIP: Ownership = {
  ...EXPERT_REQUEST,
  bonds: { municipalityId: takingPartIn('request.partnership_ids', 'request.invited_partnership_ids') },
};

/** Those who are invited read what they are asked to sign, and sign it. */
export const INVITATION_OWNERSHIP: Ownership = {
  ...EXPERT_REQUEST,
  bonds: { municipalityId: takingPartIn('request.partnership_ids') },
};

export const act = actsOn({
  entity: ExpertRequest,
  ownership: EXPERT_REQUEST_OWNERSHIP,
  actions: listExpertRequestActions,
});
