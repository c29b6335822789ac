import { Injectable } from '@nestjs/common';
import { AppError, type RequestOf, toMinor, toMoney } from '#contracts';
import { calculateTravelClaim, type TravelCalculation } from '#contracts/finance';
import { Database, type Queries } from '#database';
import { Clock, Handle } from '#platform';
import { eurMinorOf } from '../../commitments/exchange-rates/conversion';
import { ExchangeRateService } from '../../commitments/exchange-rates/exchange-rate.service';
import { calculate, type CountedCost } from './travel-calculation';
import { assertJourney, claimableUntil, endOf, type Journey, startOf } from './travel-journey';
import { TravelRules } from './travel-rules.reader';

/** Computes what a journey is worth; the same for whoever tries it and for the claim that is sent. */
@Injectable()
export class TravelCalculationService {
  constructor(
    private readonly database: Database,
    private readonly rates: ExchangeRateService,
    private readonly clock: Clock,
  ) {}

  @Handle(calculateTravelClaim)
  preview({ journey }: RequestOf<typeof calculateTravelClaim>): Promise<TravelCalculation> {
    return this.calculate(this.database, journey);
  }

  /** Refuses a journey that cannot be, has not ended, or whose claim has lapsed. */
  async calculate(source: Queries, journey: Journey): Promise<TravelCalculation> {
    const today = this.clock.today();
    assertJourney(journey, today);
    const rules = await TravelRules.read(source);
    const until = claimableUntil(journey, rules.on(endOf(journey)).value('claim-period'));
    if (until < today) {
      const pointer = `#/journey/legs/${journey.legs.length - 1}/arrivedOn`;
      const code = 'FINANCE_TRAVEL_LAPSED';
      const errors = [{ pointer, code, detail: `the claim lapsed after ${until}` }];
      throw new AppError(code, { claimableUntil: until }, { errors });
    }
    const calculated = calculate(journey, await this.counted(source, journey), rules);
    return {
      total: toMoney(calculated.totalMinor, 'EUR'),
      currency: 'EUR',
      startsOn: startOf(journey),
      endsOn: endOf(journey),
      claimableUntil: until,
      lines: calculated.lines,
      rules: calculated.rules,
    };
  }

  private async counted(source: Queries, { costs }: Journey): Promise<CountedCost[]> {
    const counted: CountedCost[] = [];
    for (const { amount, paidOn } of costs) {
      const money = toMinor(amount);
      const exchangeRate = money.currency === 'EUR' ? null : await this.rates.rateOn(source, money.currency, paidOn);
      const amountMinor = exchangeRate ? eurMinorOf(money, exchangeRate.rate) : money.amountMinor;
      counted.push({ amountMinor, exchangeRate });
    }
    return counted;
  }
}
