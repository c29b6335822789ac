import type { FundOutlook } from '#contracts/finance';

/** The fund as it is, or under a scenario, by its name. */
export type Named = FundOutlook & { readonly name: string };
