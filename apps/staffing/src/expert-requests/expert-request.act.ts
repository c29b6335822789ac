import { listExpertRequestActions } from '#contracts/staffing';
import type { Ownership } from '#database';
import { actsOn } from '#messaging';
import { takingPartIn } from '../participants.rows';
import { ExpertRequest } from './expert-request.entity';

export const EXPERT_REQUEST_OWNERSHIP: Ownership = {
  from: 'expert_request request',
  id: 'request.id',
  bonds: { municipalityId: takingPartIn('request.partnership_ids') },
};

export const act = actsOn({
  entity: ExpertRequest,
  ownership: EXPERT_REQUEST_OWNERSHIP,
  actions: listExpertRequestActions,
});
