import { Injectable } from '@nestjs/common';
import type { Tx } from '#database';
import { Clock } from '#platform';
import type { StoredEntry } from '../../bank/bank-entries/bank-entry-store.service';
import { BankReceiptService, standingReceipts } from '../../bank/bank-entries/bank-receipt.service';
import type { IncomingPayments, Receiver } from '../../bank/bank-entries/incoming-payments.port';
import type { Reason } from '../../bank/bank-entries/reasons';
import { findFund } from '../../budget/funds/fund.reader';
import { Ledger } from '../../budget/ledger/ledger.service';
import { claimsNamedIn } from './claim-reference';
import type { ClaimShare, RepaymentClaim } from './repayment-claim.entity';
import { lockClaimOf } from './repayment-claim.rows';
import { RepaymentService } from './repayment.service';

/** Credits of the bank that say by their reference what they are the payment of; all others wait for a person. */
@Injectable()
export class IncomingPaymentService implements IncomingPayments {
  constructor(
    private readonly repayments: RepaymentService,
    private readonly receipts: BankReceiptService,
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  async receive(tx: Tx, credits: readonly StoredEntry[], decider: Receiver): Promise<void> {
    for (const entry of credits) {
      const named = claimNamedBy(entry);
      if (named === undefined) continue;
      const claim = await lockClaimOf(tx, named);
      if (claim) await this.receiveFor(tx, claim, entry, decider);
    }
  }

  async takeBack(tx: Tx, bankEntryId: string, decider: Receiver & { readonly reason: string }): Promise<void> {
    const receipts = await standingReceipts(tx, { bankEntryId });
    for (const { kind, claimId, paymentNumber } of receipts) {
      if (kind === 'BOOKED' && claimId !== null && paymentNumber !== null) {
        await this.repayments.reverseReceived(tx, { claimId, paymentNumber }, decider);
      }
    }
    // What a person had recorded before stays recorded; only the credit is open again.
    await this.receipts.takeBack(tx, receipts, decider);
  }

  private async receiveFor(tx: Tx, claim: RepaymentClaim, entry: StoredEntry, decider: Receiver): Promise<void> {
    const fund = await findFund(tx, claim.fundId);
    const shares = claim.sharesOf(entry.openMinor);
    const isOfTheAccount = fund.accountIban === entry.accountIban && fund.currency === entry.currency;
    const isClear =
      isOfTheAccount &&
      claim.canReceiveOn(entry.bookedOn, this.clock.today()) &&
      (await this.isYearOpen(tx, fund.id, entry));
    if (shares === undefined || !isClear) {
      await this.receipts.explain(tx, entry.id, [reasonOf(claim, entry)]);
      return;
    }
    for (const share of shares) await this.book(tx, { claim, entry, share }, decider);
  }

  private book(
    tx: Tx,
    { claim, entry, share }: { claim: RepaymentClaim; entry: StoredEntry; share: ClaimShare },
    decider: Receiver,
  ): Promise<void> {
    const { settles, amountMinor } = share;
    return this.repayments.receive(tx, claim, { entry, amountMinor, settles, rule: 'REFERENCE' }, decider);
  }

  private async isYearOpen(tx: Tx, fundId: string, { bookedOn }: StoredEntry): Promise<boolean> {
    const [account] = await this.ledger.lock(tx, fundId, [{ year: Number(bookedOn.slice(0, 4)), stage: 'returned' }]);
    return account?.isOpen ?? false;
  }
}

/** The one claim that the only payment of a credit names; what a person had taken back, or the bank left unclear, waits for a person. */
function claimNamedBy({ direction, transactions }: StoredEntry): string | undefined {
  const [transaction, another] = transactions;
  if (direction !== 'CREDIT' || !transaction || another) return undefined;
  const [claim, other] = claimsNamedIn(transaction.remittance ?? '');
  return other === undefined ? claim : undefined;
}

function reasonOf(claim: RepaymentClaim, { openMinor, currency }: StoredEntry): Reason {
  const open = claim.openMinor + claim.openInterestMinor;
  const facts = { claim: claim.caseNumber, open: open.toString(), currency };
  return { code: openMinor > open ? 'CLAIM_OPEN_LESS' : 'CLAIM_FOR_PERSON', facts };
}
