import { listScreeningActions } from '#contracts';
import { actsOn } from '#messaging';
import { Screening } from './screening.entity';

export const act = actsOn({ entity: Screening, actions: listScreeningActions });
