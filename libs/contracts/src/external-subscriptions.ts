import type { ServiceName } from './service-name';

export interface ExternalSubscription {
  readonly durable: string;
  readonly publisher: ServiceName;
  readonly filter: string;
  /** Whether somebody's books hang on it: what it did not acknowledge comes again when the stream loses it. */
  readonly isFollowed: boolean;
}

/** Durable consumers of systems outside the platform, all of the user `finance-department`: what they see, and nothing else. */
export const EXTERNAL_SUBSCRIPTIONS: readonly ExternalSubscription[] = [
  // The finance department's own system consumes the payout feed.
  { durable: 'finance-department', publisher: 'finance', filter: 'evt.finance.payout.>', isFollowed: true },
  // The demo and first steps: who reads here takes nothing away from the books.
  { durable: 'finance-department-trial', publisher: 'finance', filter: 'evt.finance.payout.>', isFollowed: false },
];
