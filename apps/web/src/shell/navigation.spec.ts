import type { Operation, Role } from '#contracts';
import { listEvents } from '#contracts/events';
import { listBankEntries, listPayees, listPayouts } from '#contracts/finance';
import { listPartnerships } from '#contracts/partnership';
import { listAssignments, listExpertRequests, listExperts, listReports } from '#contracts/staffing';
import { AREAS, areasOf } from './navigation';

const MAIN_LISTS: Readonly<Record<string, Operation>> = {
  '/partnerships': listPartnerships,
  '/requests': listExpertRequests,
  '/experts': listExperts,
  '/assignments': listAssignments,
  '/reports': listReports,
  '/money': listPayouts,
  '/payees': listPayees,
  '/bank': listBankEntries,
  '/events': listEvents,
};

describe('the navigation', () => {
  it.each(AREAS)('offers $to to exactly those who may read its list', ({ to, roles }) => {
    const { allow } = MAIN_LISTS[to] ?? { allow: {} };
    expect([...roles].sort()).toEqual(Object.keys(allow).sort());
  });

  it('shows a machine nothing', () => {
    expect(areasOf(['payout-consumer' satisfies Role])).toEqual([]);
  });
});
