import { listPartnershipActions } from '#contracts/partnership';
import { actsOn } from '#messaging';
import { PARTNERSHIP_OWNERSHIP } from '../participation.rows';
import { Partnership } from './partnership.entity';

export const act = actsOn({
  entity: Partnership,
  ownership: PARTNERSHIP_OWNERSHIP,
  actions: listPartnershipActions,
});
