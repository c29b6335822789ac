import { listFundActions } from '#contracts/finance';
import { actsOn } from '#messaging';
import { Fund } from './fund.entity';

export const act = actsOn({ entity: Fund, actions: listFundActions });
