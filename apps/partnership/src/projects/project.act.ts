import { listProjectActions } from '#contracts/partnership';
import type { Ownership } from '#database';
import { actsOn } from '#messaging';
import { takingPartIn } from '../participation.rows';
import { Project } from './project.entity';

/** A project belongs to every municipality of its partnership. */
export const PROJECT_OWNERSHIP: Ownership = {
  from: 'project pr',
  id: 'pr.id',
  bonds: { municipalityId: takingPartIn('pr.partnership_id') },
};

export const act = actsOn({ entity: Project, ownership: PROJECT_OWNERSHIP, actions: listProjectActions });
