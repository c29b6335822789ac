import { AppError } from '#contracts';
import type { Tx } from '#database';
import { orRefusal } from '#messaging';
import { eurMinorOf } from '../../commitments/exchange-rates/conversion';
import { exchangeRateRulesOn } from '../../commitments/exchange-rates/exchange-rate-rules.reader';
import type { ExchangeRateService } from '../../commitments/exchange-rates/exchange-rate.service';
import { isBeyond } from '../../commitments/exchange-rates/rate-difference';
import type { Payout } from './payout.entity';

/**
 * Whether payouts in another currency may be ordered by the rate of the day: FINANCE_PAYOUT_RATE_MOVED where that differs too much from
 * the one by which their EUR were set aside (rule local-currency-deviation), FINANCE_PAYOUT_RESERVE_EXCEEDED where it asks for more than
 * was set aside. Either way the commitment's rate is fixed anew, which sets aside what is needed. The first signature is asked; the
 * second one confirms it. Source: docs/domain.md#local-contracts-in-their-currency.
 */
export async function readOrderRates(
  tx: Tx,
  payouts: Iterable<Payout>,
  { rates, today }: { rates: ExchangeRateService; today: string },
): Promise<(payout: Payout) => void> {
  const currencies = new Set([...payouts].flatMap(({ instructedCurrency }) => instructedCurrency ?? []));
  if (currencies.size === 0) return () => undefined;
  const { deviation } = await exchangeRateRulesOn(tx, today);
  const known = new Map<string, { rate: string } | AppError>();
  for (const currency of currencies) known.set(currency, await orRefusal(() => rates.rateOn(tx, currency, today)));
  return ({ id: payoutId, orderedBy, instructedMinor, instructedCurrency: currency, setAsideRate, amountMinor }) => {
    if (instructedMinor === null || currency === null || setAsideRate === null || orderedBy !== null) return;
    const now = known.get(currency);
    if (now instanceof AppError) throw now;
    if (!now) throw new AppError('FINANCE_EXCHANGE_RATE_MISSING', { currency, on: today });
    const facts = { payoutId, currency, rate: now.rate, setAsideRate };
    if (isBeyond(now.rate, setAsideRate, deviation)) throw new AppError('FINANCE_PAYOUT_RATE_MOVED', facts);
    const neededMinor = eurMinorOf({ amountMinor: instructedMinor, currency }, now.rate);
    if (neededMinor > amountMinor) throw new AppError('FINANCE_PAYOUT_RESERVE_EXCEEDED', facts);
  };
}
