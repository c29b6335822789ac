import { pageOf } from './waiting';

it.each([
  ['/payouts?status=DUE', '/money/payouts?status=DUE'],
  ['/payouts/p1', '/money/payouts/p1'],
  ['/payment-runs/r1', '/money/runs/r1'],
  ['/payout-returns/p1', '/bank/returned/p1'],
  ['/screenings?outcome=REVIEW', '/bank/hits?outcome=REVIEW'],
  ['/payees/y1/bank-account-changes/c1', '/bank/account-changes/y1/c1'],
  ['/bank-account-changes?status=PROPOSED', '/bank/account-changes?status=PROPOSED'],
  ['/bank-entry-dismissals/d1', '/bank/dismissals?status=PROPOSED'],
  ['/bank-entry-dismissals?status=PROPOSED', '/bank/dismissals?status=PROPOSED'],
  ['/payment-answers/a1', '/bank/answers/a1'],
  ['/statement-faults', '/bank/reconciliation'],
  ['/funds/f1/reconciliation', '/bank/reconciliation/f1'],
  ['/funds/f1', '/funds/f1'],
  ['/budget-changes?status=PROPOSED', '/funds'],
  ['/proofs-of-use?status=OPEN', '/funds/proofs?status=OPEN'],
  ['/claims/c1', '/funds/claims/c1'],
  ['/exchange-rate-proposals?status=PROPOSED', '/funds/rates'],
  ['/rate-refixings', '/funds/rates'],
  ['/outdated-rates', '/funds/rates'],
  ['/sanctions-lists?isOutdated=true', '/bank/hits'],
  ['/ending-agreements?isFollowed=false', '/partnerships/agreements?isFollowed=false'],
  ['/undelivered-mails?isOpen=true', '/events/undelivered-mails?isOpen=true'],
  ['/rules/events/proposals?status=PROPOSED', '/funds/rules/proposals?status=PROPOSED'],
  ['/rules/events/proposals/r1', '/funds/rules/events/proposals/r1'],
  ['/services/events/dead-letters', '/operations/dead-letters'],
  ['/expert-requests/r1', '/requests/r1'],
  ['/projects/p1', '/projects/p1'],
  ['/events?status=DRAFT', '/events?status=DRAFT&when=any'],
])('what the API has at %s, the pages have at %s', (path, page) => {
  expect(pageOf(path)).toBe(page);
});
