import { listDrawdownActions } from '#contracts/finance';
import { actsOn } from '#messaging';
import { Drawdown } from './drawdown.entity';

export const act = actsOn({ entity: Drawdown, actions: listDrawdownActions });
