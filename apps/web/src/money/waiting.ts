import type { PayoutStatus } from '#contracts/finance';
import type { Session } from '../api/session';

const WAITING: readonly PayoutStatus[] = [
  'DUE',
  'FACTUALLY_CHECKED',
  'ARITHMETICALLY_CHECKED',
  'ORDERED',
  'IN_RUN',
  'SENT',
  'BLOCKED',
  'REJECTED',
  'RETURNED',
];

/** Whoever is paid, and no office. */
export function isPaid({ expertId, municipalityId }: Session): boolean {
  return expertId !== undefined || municipalityId !== undefined;
}

/** With what the list begins: for the offices what somebody has to do something with, for whoever is paid also what comes later. */
export function firstFilterOf(session: Session): string {
  return (isPaid(session) ? ['PLANNED', ...WAITING] : WAITING).join(',');
}
