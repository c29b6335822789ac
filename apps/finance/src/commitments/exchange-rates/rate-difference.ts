import { Exact } from '#contracts';

/** By how much a rate differs from a former one, in percent of that, with its sign and one decimal: `-12.5`. */
export function differenceOf(rate: string, former: string): string {
  const difference = Exact.parse(rate).minus(Exact.parse(former)).dividedBy(Exact.parse(former)).times(Exact.of(100));
  const isLower = difference.isNegative();
  const magnitude = isLower ? Exact.of(0).minus(difference) : difference;
  return `${isLower ? '-' : ''}${magnitude.toDecimal(1)}`;
}

/** Whether it differs by more than so many percent, up or down: of the exact numbers, not of what is shown. */
export function isBeyond(rate: string, former: string, percent: number): boolean {
  const difference = Exact.parse(rate).minus(Exact.parse(former));
  const magnitude = difference.isNegative() ? Exact.of(0).minus(difference) : difference;
  return Exact.parse(former).percent(Exact.of(percent)).minus(magnitude).isNegative();
}
