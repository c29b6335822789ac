import { Injectable } from '@nestjs/common';
import type { Page, ReplyOf, RequestOf } from '#contracts';
import { type ClaimSummary, type ClaimView, getClaim, getClaimInterest, listClaims } from '#contracts/finance';
import { Database, entityColumns, Filters } from '#database';
import { Clock, Handle } from '#platform';
import { BaseRateService } from '../public-money-rules/base-rate.service';
import type { Principal } from '../public-money-rules/interest';
import { RepaymentClaim } from './repayment-claim.entity';
import { type ClaimListRow, claimSummary, claimView, LONG_COLUMNS } from './repayment-claim.messages';
import { type ClaimRecords, readRecords } from './repayment-claim.rows';

/** Reads claims, and the interest they bear. */
@Injectable()
export class RepaymentClaimReader {
  constructor(
    private readonly database: Database,
    private readonly baseRates: BaseRateService,
    private readonly clock: Clock,
  ) {}

  @Handle(getClaim)
  async get({ claimId }: RequestOf<typeof getClaim>): Promise<ClaimView> {
    const claim = await this.database.findOrFail(RepaymentClaim, claimId);
    return claimView(claim, await readRecords(this.database, claimId), this.clock.today());
  }

  @Handle(listClaims)
  async list({ limit, cursor, ...filter }: RequestOf<typeof listClaims>): Promise<Page<ClaimSummary>> {
    const filters = new Filters()
      .add('claim.case_number = ?', filter.caseNumber)
      .add('claim.fund_id = ?', filter.fundId)
      .add('claim.proof_of_use_id = ?', filter.proofOfUseId)
      .add('claim.status = ANY (?)', filter.status)
      .add('claim.next_due_on < ?', filter.isOverdue === true ? this.clock.today() : undefined);
    return this.database.page<ClaimListRow, ClaimSummary>({
      select: `SELECT ${entityColumns(this.database, RepaymentClaim, 'claim', LONG_COLUMNS)} FROM claim`,
      where: filters.conditions,
      parameters: filters.parameters,
      sort: [{ key: 'createdAt', column: 'claim.created_at', type: 'timestamptz', descending: true }],
      idColumn: 'claim.id',
      limit,
      cursor,
      filterHash: { list: 'claims', ...filter },
      items: (rows) =>
        rows.map((row) => claimSummary(row, Object.assign(new RepaymentClaim(), row), this.clock.today())),
    });
  }

  @Handle(getClaimInterest)
  async interest({ claimId, asOf }: RequestOf<typeof getClaimInterest>): Promise<ReplyOf<typeof getClaimInterest>> {
    const day = asOf ?? this.clock.today();
    const claim = await this.database.findOrFail(RepaymentClaim, claimId);
    const principals = openAmounts(claim, reductionsOf(await readRecords(this.database, claimId)), day);
    const { ruleSet, currency, interestFrom } = claim;
    const interest = await this.baseRates.interest(principals, { ruleSet, on: interestFrom, currency });
    return { claimId, asOf: day, interest };
  }
}

export interface Reduction {
  readonly amountMinor: bigint;
  readonly on: string;
}

/** What the claim itself became less by, and when: payments that hold, and parts that were waived. */
export function reductionsOf({ payments, waivers }: ClaimRecords): Reduction[] {
  return [
    ...payments
      .filter(({ outcome, settles }) => outcome !== 'REVERSED' && settles === 'PRINCIPAL')
      .map(({ amountMinor, paidOn }) => ({ amountMinor, on: paidOn })),
    ...waivers.map(({ amountMinor, waivedOn }) => ({ amountMinor, on: waivedOn })),
  ];
}

/** Each part bears interest until the day it was paid or waived, the rest until the day asked for. */
export function openAmounts(
  claim: Pick<RepaymentClaim, 'amountMinor' | 'interestFrom'>,
  reductions: readonly Reduction[],
  asOf: string,
): Principal[] {
  const from = claim.interestFrom;
  const until = (day: string) => (day < asOf ? day : asOf);
  const less = reductions.map(({ amountMinor, on }) => ({ amountMinor, from, to: until(on) }));
  const lessMinor = reductions.reduce((total, { amountMinor }) => total + amountMinor, 0n);
  const rest = { amountMinor: claim.amountMinor - lessMinor, from, to: asOf };
  return [...less, rest].filter(({ amountMinor, to }) => amountMinor > 0n && from < to);
}
