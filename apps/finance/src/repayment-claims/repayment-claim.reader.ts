import { Injectable } from '@nestjs/common';
import type { ClaimSummary, ClaimView, getClaimInterest, listClaims, Page, ReplyOf, RequestOf } from '#contracts';
import { Database, entityColumns } from '#database';
import { Clock } from '#platform';
import { Filters } from '../filters';
import { BaseRateService } from '../public-money-rules/base-rate.service';
import type { Principal } from '../public-money-rules/interest';
import { Claim } from './claim.entity';
import {
  CLAIM_PAYMENTS,
  type ClaimListRow,
  type ClaimPayment,
  claimSummary,
  claimView,
  LONG_COLUMNS,
} from './claim.messages';

/** Reads claims, and the interest they bear. */
@Injectable()
export class ClaimReader {
  constructor(
    private readonly database: Database,
    private readonly baseRates: BaseRateService,
    private readonly clock: Clock,
  ) {}

  async get(claimId: string): Promise<ClaimView> {
    return claimView(await this.database.findOrFail(Claim, claimId), await this.payments([claimId]));
  }

  async list({ limit, cursor, ...filter }: RequestOf<typeof listClaims>): Promise<Page<ClaimSummary>> {
    const filters = new Filters()
      .add('claim.fund_id = ?', filter.fundId)
      .add('claim.proof_of_use_id = ?', filter.proofOfUseId)
      .add('claim.status = ANY (?)', filter.status);
    return this.database.page<ClaimListRow, ClaimSummary>({
      select: `SELECT ${entityColumns(this.database, Claim, 'claim', LONG_COLUMNS)} FROM claim`,
      where: filters.conditions,
      parameters: filters.parameters,
      sort: [{ key: 'createdAt', column: 'claim.created_at', type: 'timestamptz', descending: true }],
      idColumn: 'claim.id',
      limit,
      cursor,
      filterHash: { list: 'claims', ...filter },
      items: (rows) => rows.map((row) => claimSummary(row, Object.assign(new Claim(), row))),
    });
  }

  async interest({ claimId, asOf }: RequestOf<typeof getClaimInterest>): Promise<ReplyOf<typeof getClaimInterest>> {
    const day = asOf ?? this.clock.today();
    const claim = await this.database.findOrFail(Claim, claimId);
    const payments = (await this.payments([claimId])).filter(({ outcome }) => outcome !== 'REVERSED');
    const principals = openAmounts(claim, payments, day);
    const { ruleSet, currency, interestFrom } = claim;
    const interest = await this.baseRates.interest(principals, { ruleSet, on: interestFrom, currency });
    return { claimId, asOf: day, interest };
  }

  private payments(claimIds: readonly string[]): Promise<ClaimPayment[]> {
    return this.database.query<ClaimPayment>(CLAIM_PAYMENTS, [claimIds]);
  }
}

/** Each paid part bears interest until the day it was paid, the rest until the day asked for. */
export function openAmounts(
  claim: Pick<Claim, 'amountMinor' | 'interestFrom'>,
  payments: readonly Pick<ClaimPayment, 'amountMinor' | 'paidOn'>[],
  asOf: string,
): Principal[] {
  const from = claim.interestFrom;
  const until = (day: string) => (day < asOf ? day : asOf);
  const paid = payments.map(({ amountMinor, paidOn }) => ({ amountMinor, from, to: until(paidOn) }));
  const paidMinor = payments.reduce((total, { amountMinor }) => total + amountMinor, 0n);
  const rest = { amountMinor: claim.amountMinor - paidMinor, from, to: asOf };
  return [...paid, rest].filter(({ amountMinor, to }) => amountMinor > 0n && from < to);
}
