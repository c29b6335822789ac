import { listClaimActions } from '#contracts/finance';
import { actsOn } from '#messaging';
import { RepaymentClaim } from './repayment-claim.entity';

export const act = actsOn({ entity: RepaymentClaim, actions: listClaimActions });
