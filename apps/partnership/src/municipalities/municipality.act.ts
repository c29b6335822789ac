import { listMunicipalityActions } from '#contracts/partnership';
import { actsOn } from '#messaging';
import { Municipality } from './municipality.entity';
import { MUNICIPALITY_OWNERSHIP } from './municipality.rows';

export const act = actsOn({
  entity: Municipality,
  ownership: MUNICIPALITY_OWNERSHIP,
  actions: listMunicipalityActions,
});
