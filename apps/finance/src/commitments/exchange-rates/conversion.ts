import { Exact, minorUnitDigits, type MoneyMinor } from '#contracts';

/**
 * An amount in EUR cents by a rate in units of the currency for one EUR: all decimals of the rate, rounded once, commercially.
 * Source: docs/domain.md#currency.
 */
export function eurMinorOf({ amountMinor, currency }: MoneyMinor, localPerEur: string): bigint {
  const inCurrency = Exact.of(amountMinor).dividedBy(Exact.of(10n ** BigInt(minorUnitDigits(currency))));
  return inCurrency.dividedBy(Exact.parse(localPerEur)).times(Exact.of(100)).round();
}
