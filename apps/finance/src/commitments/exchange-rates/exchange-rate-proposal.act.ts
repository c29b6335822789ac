import { listExchangeRateProposalActions } from '#contracts/finance';
import { actsOn } from '#messaging';
import { ExchangeRateProposal } from './exchange-rate-proposal.entity';

export const act = actsOn({ entity: ExchangeRateProposal, actions: listExchangeRateProposalActions });
