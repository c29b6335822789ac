import { listResultActions } from '#contracts/partnership';
import type { Ownership } from '#database';
import { actsOn } from '#messaging';
import { takingPartIn } from '../participation.rows';
import { Result } from './result.entity';

/** A result belongs to every municipality of every partnership that it comes from. */
export const RESULT_OWNERSHIP: Ownership = {
  from: 'result r',
  id: 'r.id',
  bonds: {
    municipalityId: `EXISTS (SELECT FROM result_origin o WHERE o.result_id = r.id AND ${takingPartIn('o.partnership_id')})`,
  },
};

export const act = actsOn({ entity: Result, ownership: RESULT_OWNERSHIP, actions: listResultActions });
