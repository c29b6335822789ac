import { listClaimActions } from '#contracts';
import { actsOn } from '#messaging';
import { RepaymentClaim } from './repayment-claim.entity';

export const act = actsOn({ entity: RepaymentClaim, actions: listClaimActions });
