import type { FullTimePart } from '#contracts/finance';

/**
 * Where in the person's full post a share lies, so that all shares of one person together cost what one full post costs
 * (docs/domain.md#share-of-full-time). The first one lies at the bottom, the next one at the top: each can grow into what the
 * other gives up. A share that changes keeps its end of the post. Where what is left is in pieces that are too small, the parts
 * overlap, and a line may differ by a cent from that of one full post.
 */
export function placeShare(percent: number, taken: readonly FullTimePart[], present?: FullTimePart): FullTimePart {
  const top = 100 - percent;
  const first = present && present.from > 0 && present.to === 100 ? top : (present?.from ?? 0);
  const starts = [first, 0, top, ...taken.map(({ to }) => to), ...taken.map(({ from }) => from - percent)];
  const isFree = (from: number): boolean => taken.every((it) => it.to <= from || from + percent <= it.from);
  const from = starts.find((start) => start >= 0 && start <= top && isFree(start)) ?? top;
  return { from, to: from + percent };
}
