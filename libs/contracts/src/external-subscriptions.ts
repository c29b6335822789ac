import type { ServiceName } from './service-name';

/** Systems outside the platform with a durable consumer of their own: what they see, and nothing else. */
export const EXTERNAL_SUBSCRIPTIONS: readonly { durable: string; publisher: ServiceName; filter: string }[] = [
  // The finance department's own system consumes the payout feed.
  { durable: 'finance-department', publisher: 'finance', filter: 'evt.finance.payout.>' },
];
