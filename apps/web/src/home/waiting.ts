import { queryOptions } from '@tanstack/react-query';
import type { WaitingAnswer } from '#contracts';
import { send } from '../api/call';

/** What waits for whoever is signed in, over all services; whatever changes may change it. */
export const waiting = queryOptions({
  queryKey: ['waiting'],
  meta: { path: '/waiting' },
  queryFn: async ({ signal }): Promise<WaitingAnswer> => {
    const response = await send('/v1/waiting', { headers: { accept: 'application/json' }, signal });
    return (await response.json()) as WaitingAnswer;
  },
});

/** Where the pages have what the API has at a path; the first that fits. Where a thing has no page of its own, its list has its acts. */
const PAGES: readonly (readonly [path: RegExp, page: string])[] = [
  [/^\/expert-requests/, '/requests'],
  [/^\/(payouts|supplier-invoices)/, '/money/$1'],
  [/^\/payment-runs/, '/money/runs'],
  [/^\/payout-returns/, '/bank/returned'],
  [/^\/(screenings|sanctions-lists.*)/, '/bank/hits'],
  [/^\/ending-agreements/, '/partnerships/agreements'],
  [/^\/undelivered-mails/, '/events/undelivered-mails'],
  [/^\/payees\/([^/]+)\/bank-account-changes\/(.+)/, '/bank/account-changes/$1/$2'],
  [/^\/bank-account-changes/, '/bank/account-changes'],
  [/^\/bank-entry-dismissals\/.*/, '/bank/dismissals?status=PROPOSED'],
  [/^\/bank-entry-dismissals/, '/bank/dismissals'],
  [/^\/bank-entries/, '/bank/entries'],
  [/^\/payment-answers/, '/bank/answers'],
  [/^\/statement-faults/, '/bank/reconciliation'],
  [/^\/funds\/([^/]+)\/reconciliation/, '/bank/reconciliation/$1'],
  [/^\/proofs-of-use/, '/funds/proofs'],
  [/^\/(claims|drawdowns|commitments)/, '/funds/$1'],
  [/^\/(exchange-rate-proposals|rate-refixings|outdated-rates).*/, '/funds/rates'],
  [/^\/budget-changes.*/, '/funds'],
  [/^\/rules\/\w+\/proposals(?!\/)/, '/funds/rules/proposals'],
  [/^\/rules\//, '/funds/rules/'],
  [/^\/services\/.*/, '/operations/dead-letters'],
];

export function pageOf(path: string): string {
  const [pattern, page] = PAGES.find(([each]) => each.test(path)) ?? [];
  const address = pattern && page !== undefined ? path.replace(pattern, page) : path;
  // The pages of events begin with those to come.
  return address.startsWith('/events?') ? `${address}&when=any` : address;
}
