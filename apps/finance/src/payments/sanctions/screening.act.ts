import { listScreeningActions } from '#contracts/finance';
import { actsOn } from '#messaging';
import { Screening } from './screening.entity';

export const act = actsOn({ entity: Screening, actions: listScreeningActions });
