import { AUDIT_RECORD_OPERATIONS, type Operation, type Role, SERVICE_OPERATIONS } from '#contracts';
import { listEvents } from '#contracts/events';
import { listBankEntries, listFunds, listPayees, listPayouts, listProofsOfUse } from '#contracts/finance';
import { listPartnerships, listProjects, listResults } from '#contracts/partnership';
import { listAssignments, listExpertRequests, listExperts, listReports } from '#contracts/staffing';
import { AREAS, areasOf } from './navigation';

const MAIN_LISTS: Readonly<Record<string, Operation>> = {
  '/partnerships': listPartnerships,
  '/projects': listProjects,
  '/results': listResults,
  '/requests': listExpertRequests,
  '/experts': listExperts,
  '/assignments': listAssignments,
  '/reports': listReports,
  '/money': listPayouts,
  '/payees': listPayees,
  '/bank': listBankEntries,
  '/funds': listFunds,
  '/funds/proofs': listProofsOfUse,
  '/events': listEvents,
  '/operations': SERVICE_OPERATIONS.finance.get,
};

describe('the navigation', () => {
  it.each(AREAS.filter(({ to }) => to !== '/audit'))(
    'offers $to to exactly those who may read its list',
    ({ to, roles }) => {
      const { allow } = MAIN_LISTS[to] ?? { allow: {} };
      // A part of an area is offered to those who do not come by the area itself.
      const whole = AREAS.find((area) => area.to !== to && to.startsWith(area.to))?.roles ?? [];
      const readers = (Object.keys(allow) as Role[]).filter((role) => !whole.includes(role));
      expect([...roles].sort()).toEqual(readers.sort());
    },
  );

  it('offers the audit trail to those who read all of it; others find there only what they did themselves', () => {
    const { roles } = AREAS.find(({ to }) => to === '/audit') ?? { roles: [] };
    const { allow } = AUDIT_RECORD_OPERATIONS.finance;
    expect(roles).toEqual(Object.keys(allow).filter((role) => allow[role as Role] === 'any'));
  });

  it('shows a machine nothing', () => {
    expect(areasOf(['payout-consumer' satisfies Role])).toEqual([]);
  });
});
