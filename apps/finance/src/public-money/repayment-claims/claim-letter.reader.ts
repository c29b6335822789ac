import { Injectable } from '@nestjs/common';
import type { ReplyOf, RequestOf } from '#contracts';
import { getClaimLetter } from '#contracts/finance';
import { Database } from '#database';
import { Clock, Handle } from '#platform';
import { FundService } from '../../budget/funds/fund.service';
import { readPublicMoneyRules } from '../public-money-rules/public-money-rules.reader';
import { claimLetterPdf } from './claim-letter';
import { claimReference } from './claim-reference';
import { RepaymentClaim } from './repayment-claim.entity';
import { readRecords } from './repayment-claim.rows';

/** The letter that goes to the debtor of a claim: made anew each time, of what is open then. */
@Injectable()
export class ClaimLetterReader {
  constructor(
    private readonly database: Database,
    private readonly funds: FundService,
    private readonly clock: Clock,
  ) {}

  @Handle(getClaimLetter)
  async letter({ claimId }: RequestOf<typeof getClaimLetter>): Promise<ReplyOf<typeof getClaimLetter>> {
    const claim = await this.database.findOrFail(RepaymentClaim, claimId);
    claim.assertDemanded();
    const rules = await readPublicMoneyRules(this.database, claim.ruleSet);
    const { interestDemands } = await readRecords(this.database, claimId);
    const writtenAt = this.clock.now();
    const bytes = await claimLetterPdf({
      claim,
      interestDemand: interestDemands.at(-1),
      interestPoints: rules.inForceOn(claim.interestFrom).value('interest-points'),
      fund: await this.funds.get({ fundId: claim.fundId }),
      paymentReference: claimReference(claim.caseNumber),
      writtenOn: this.clock.today(),
      writtenAt,
    });
    return {
      mediaType: 'application/pdf',
      fileName: `rueckforderung-${claim.caseNumber}.pdf`,
      encoding: 'base64',
      body: bytes.toString('base64'),
      nextOffset: null,
    };
  }
}
