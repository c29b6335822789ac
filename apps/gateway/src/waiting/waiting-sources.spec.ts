import { type Operation, PAY_READERS, type Role, ROLES, WAITING_KINDS, type WaitingKind } from '#contracts';
import { listPayouts, orderPayout } from '#contracts/finance';
import { groupsOf } from './waiting-groups';
import { WAITING_SOURCES } from './waiting-sources';

const sourcesOf = (kind: WaitingKind) => WAITING_SOURCES.filter((each) => each.kind === kind);

describe('what waits', () => {
  it('is declared for each kind', () => {
    expect(WAITING_KINDS.filter((kind) => sourcesOf(kind).length === 0)).toEqual([]);
  });

  it.each(WAITING_SOURCES)(
    '$kind waits for somebody, and for nobody without the act or the list',
    ({ list, acts, roles }) => {
      expect(roles).not.toEqual([]);
      const may = (operation: Operation, role: Role) => operation.allow[role] !== undefined;
      for (const role of roles) {
        expect(may(list, role)).toBe(true);
        expect(acts.some((act) => may(act, role))).toBe(true);
      }
    },
  );

  it.each(WAITING_SOURCES)('$kind is asked of its list by filters that the list has', ({ list, filterOn }) => {
    expect(list.request.safeParse(filterOn('2027-03-16')).error).toBeUndefined();
  });

  it('with pay waits for those who see pay only, or is their own', () => {
    for (const { roles, list } of WAITING_SOURCES.filter((each) => each.list === listPayouts)) {
      for (const role of roles) expect(PAY_READERS[role] ?? list.allow[role]).toBeDefined();
    }
  });

  it('of an order waits for those who order', () => {
    const asked = new Set(sourcesOf('payoutsToOrder').flatMap(({ roles }) => roles));
    expect([...asked]).toEqual(ROLES.filter((role) => orderPayout.allow[role]));
  });

  it('of a run without an answer begins the day after it was carried out', () => {
    const [source] = sourcesOf('runsUnanswered');
    expect(source?.filterOn('2027-03-16')).toEqual({ status: 'SENT,SETTLING', executionOnTo: '2027-03-16' });
  });
});

describe('the groups of what waits', () => {
  const item = (path: string, dueOn: string | null, since: string | null = null) => ({
    path,
    caseNumber: null,
    since,
    dueOn,
  });

  it('show the earliest deadline first, then what waits longest, and add up what several lists have', () => {
    const groups = groupsOf([
      { kind: 'hits', list: '/screenings', total: 1, items: [item('/screenings/1', null, '2027-03-01')] },
      { kind: 'draftEvents', list: '/events', total: 0, items: [] },
      {
        kind: 'rulesToConfirm',
        list: '/rules/finance/proposals',
        total: 7,
        items: [item('/a', '2027-05-01'), item('/b', null)],
      },
      { kind: 'rulesToConfirm', list: '/rules/events/proposals', total: 1, items: [item('/c', '2027-04-01')] },
    ]);
    expect(groups.map(({ kind, total }) => [kind, total])).toEqual([
      ['rulesToConfirm', 8],
      ['hits', 1],
    ]);
    expect(groups[0]?.items.map(({ path }) => path)).toEqual(['/c', '/a', '/b']);
    expect(groups[0]?.lists).toEqual(['/rules/finance/proposals', '/rules/events/proposals']);
  });
});
