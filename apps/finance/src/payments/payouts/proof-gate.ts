/** An instalment that was or will be paid in advance. */
export interface Advance {
  readonly dueOn: string;
  readonly amountMinor: bigint;
}

/**
 * Whether enough of the former instalments is accounted for to pay the next one: the agreed share of the last, and the whole of
 * those before it, since money is proven in the order in which it was paid. Source: docs/domain.md#local-experts.
 */
export function isUseProven(
  dueOn: string,
  advances: readonly Advance[],
  proof: { readonly provenMinor: bigint; readonly sharePercent: bigint },
): boolean {
  const former = advances.filter((advance) => advance.dueOn < dueOn);
  const lastDueOn = former.reduce((latest, advance) => (advance.dueOn > latest ? advance.dueOn : latest), '');
  const last = sum(former.filter((advance) => advance.dueOn === lastDueOn));
  const earlier = sum(former) - last;
  return proof.provenMinor * 100n >= earlier * 100n + last * proof.sharePercent;
}

function sum(advances: readonly Advance[]): bigint {
  return advances.reduce((total, { amountMinor }) => total + amountMinor, 0n);
}
