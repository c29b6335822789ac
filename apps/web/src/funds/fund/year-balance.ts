import type { FundBalancesView } from '#contracts/finance';

/** The stages of one budget year. */
export type YearBalance = FundBalancesView['years'][number];
