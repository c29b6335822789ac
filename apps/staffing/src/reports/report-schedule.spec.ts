import fc from 'fast-check';
import { addDays, addMonths } from '#contracts';
import type { ReportKind, ReportStatus } from '#contracts/staffing';
import { type KnownReport, reportChanges } from './report-changes';
import { type DueReport, reportSchedule, type TimeOfService } from './report-schedule';

const rule = { startAfterMonths: 3, progressEveryMonths: 6 };
const days = (service: Omit<TimeOfService, 'interruptions'> & Partial<TimeOfService>, of = rule) =>
  reportSchedule(of, { interruptions: [], ...service }).map(({ kind, dueOn }) => `${kind} ${dueOn}`);

describe('the reports of an assignment', () => {
  it('are start after three months, progress every half year and final at the end', () => {
    expect(days({ departedOn: '2027-01-15', endsOn: '2029-01-01' })).toEqual([
      'START 2027-04-15',
      'PROGRESS 2027-07-15',
      'PROGRESS 2028-01-15',
      'PROGRESS 2028-07-15',
      'FINAL 2029-01-01',
    ]);
  });

  it('leave to the final report what falls due on the last day', () => {
    expect(days({ departedOn: '2027-01-01', endsOn: '2028-01-01' })).toEqual([
      'START 2027-04-01',
      'PROGRESS 2027-07-01',
      'FINAL 2028-01-01',
    ]);
  });

  it('are only the final one when the assignment is short', () => {
    expect(days({ departedOn: '2027-01-01', endsOn: '2027-02-01' })).toEqual(['FINAL 2027-02-01']);
  });

  it('are in order of their day when the start falls later than the first progress', () => {
    const late = { startAfterMonths: 7, progressEveryMonths: 6 };
    expect(days({ departedOn: '2027-01-01', endsOn: '2027-10-01' }, late)).toEqual([
      'PROGRESS 2027-07-01',
      'START 2027-08-01',
      'FINAL 2027-10-01',
    ]);
  });

  it('wait for the first day of service after an interruption, one for all that it held up', () => {
    const service = { departedOn: '2027-01-15', endsOn: '2029-01-01' };
    expect(days({ ...service, interruptions: [{ from: '2027-07-15', to: '2028-02-01' }] })).toEqual([
      'START 2027-04-15',
      'PROGRESS 2028-02-01',
      'PROGRESS 2028-07-15',
      'FINAL 2029-01-01',
    ]);
    expect(days({ ...service, interruptions: [{ from: '2027-07-16', to: '2027-07-20' }] })).toEqual(days(service));
    const twice = [
      { from: '2027-04-01', to: '2027-05-01' },
      { from: '2027-05-01', to: '2027-06-01' },
    ];
    expect(days({ ...service, interruptions: twice })[0]).toBe('START 2027-06-01');
  });

  it('are left to the final one while an interruption has no end', () => {
    const interruptions = [{ from: '2027-05-01', to: null }];
    expect(days({ departedOn: '2027-01-15', endsOn: '2029-01-01', interruptions })).toEqual([
      'START 2027-04-15',
      'FINAL 2029-01-01',
    ]);
  });
});

interface Made extends KnownReport {
  kind: ReportKind;
  dueOn: string;
  status: ReportStatus;
}

/** An assignment as its acts change it; its reports follow each act. */
class Case {
  service: TimeOfService = { departedOn: '2027-01-10', endsOn: '2029-01-01', interruptions: [] };
  reports: Made[] = [];

  constructor() {
    this.follow();
  }

  change(service: Partial<TimeOfService>): void {
    this.service = { ...this.service, ...service };
    this.follow();
  }

  /** The expert hands in the first that is open, the officer accepts it or not. */
  handIn(kind: ReportKind, status: ReportStatus): void {
    const report = this.reports.find((it) => it.kind === kind && it.status === 'DRAFT');
    if (report) report.status = status;
  }

  get open(): string[] {
    return open(this.reports);
  }

  private follow(): void {
    apply(this.reports, reportSchedule(rule, this.service));
  }
}

function apply(reports: Made[], schedule: readonly DueReport[]): void {
  const changes = reportChanges(reports, schedule);
  for (const { report, dueOn } of changes.move) report.dueOn = dueOn;
  for (const report of changes.cancel) report.status = 'CANCELLED';
  for (const { report, dueOn } of changes.reopen) Object.assign(report, { dueOn, status: 'DRAFT' });
  for (const report of changes.becomeProgress) report.kind = 'PROGRESS';
  reports.push(...changes.add.map((due) => ({ ...due, status: 'DRAFT' as const })));
}

const open = (reports: readonly Made[]): string[] =>
  reports
    .filter(({ status }) => status === 'DRAFT')
    .map(({ kind, dueOn }) => `${dueOn} ${kind}`)
    .sort();

describe('the reports that an assignment has already', () => {
  it('are followed by further ones in an extension, the final one at its end', () => {
    const it = new Case();
    it.change({ endsOn: '2029-08-01' });
    expect(it.open.slice(-3)).toEqual(['2029-01-10 PROGRESS', '2029-07-10 PROGRESS', '2029-08-01 FINAL']);
    expect(it.reports.filter(({ kind }) => kind === 'FINAL')).toHaveLength(1);
  });

  it.each(['SUBMITTED', 'COMMENTED', 'RETURNED'] as const)(
    'become a progress report where the final one was %s before an extension, and a further final one is due',
    (status) => {
      const it = new Case();
      it.handIn('FINAL', status);
      it.change({ endsOn: '2029-08-01' });
      expect(it.reports).toContainEqual({ kind: 'PROGRESS', progressNumber: null, dueOn: '2029-01-01', status });
      expect(it.open.at(-1)).toBe('2029-08-01 FINAL');
    },
  );

  it('stay as they are where the final one was accepted before an extension, and a further one is due', () => {
    const it = new Case();
    it.handIn('FINAL', 'ACCEPTED');
    it.change({ endsOn: '2029-08-01' });
    expect(it.reports.filter(({ kind }) => kind === 'FINAL')).toMatchObject([
      { dueOn: '2029-01-01', status: 'ACCEPTED' },
      { dueOn: '2029-08-01', status: 'DRAFT' },
    ]);
    it.change({ endsOn: '2028-12-01' });
    expect(it.open.filter((report) => report.endsWith('FINAL'))).toEqual([]);
  });

  it('are cancelled after an early end, and the final one is brought forward, handed in or not', () => {
    const it = new Case();
    it.change({ endsOn: '2028-02-01' });
    expect(it.open).toEqual(['2027-04-10 START', '2027-07-10 PROGRESS', '2028-01-10 PROGRESS', '2028-02-01 FINAL']);
    expect(it.reports.filter(({ status }) => status === 'CANCELLED')).toHaveLength(1);
    const early = new Case();
    early.handIn('FINAL', 'COMMENTED');
    early.change({ endsOn: '2028-02-01' });
    expect(early.reports).toContainEqual(expect.objectContaining({ kind: 'FINAL', dueOn: '2028-02-01' }));
  });

  it('come back after an interruption, and are not asked for again where they were handed in', () => {
    const it = new Case();
    it.handIn('PROGRESS', 'SUBMITTED');
    it.change({ interruptions: [{ from: '2027-07-01', to: null }] });
    expect(it.open).toEqual(['2027-04-10 START', '2029-01-01 FINAL']);
    it.change({ interruptions: [{ from: '2027-07-01', to: '2027-09-01' }] });
    expect(it.open).toEqual(['2027-04-10 START', '2028-01-10 PROGRESS', '2028-07-10 PROGRESS', '2029-01-01 FINAL']);
    expect(it.reports).toHaveLength(5);
  });

  it('follow a corrected departure', () => {
    const it = new Case();
    it.handIn('START', 'ACCEPTED');
    it.change({ departedOn: '2027-01-20' });
    expect(it.open.slice(0, 2)).toEqual(['2027-07-20 PROGRESS', '2028-01-20 PROGRESS']);
  });

  it('made by a version that gave no numbers are known by their day', () => {
    const old: Made[] = [{ kind: 'PROGRESS', progressNumber: null, dueOn: '2027-07-10', status: 'DRAFT' }];
    apply(old, [
      { kind: 'PROGRESS', progressNumber: 1, dueOn: '2027-07-10' },
      { kind: 'FINAL', progressNumber: null, dueOn: '2028-01-01' },
    ]);
    expect(open(old)).toEqual(['2027-07-10 PROGRESS', '2028-01-01 FINAL']);
  });
});

type Step = (it: Case) => void;
const offset = fc.integer({ min: 1, max: 500 });
/** Extensions, interruptions and their ends, corrections of the departure, an early end; and what the expert hands in between. */
const step: fc.Arbitrary<Step> = fc.oneof(
  offset.map((months): Step => (it) => {
    const isInterrupted = it.service.interruptions.at(-1)?.to === null;
    if (!isInterrupted) it.change({ endsOn: addMonths(it.service.endsOn, 1 + (months % 12)) });
  }),
  offset.map((number): Step => (it) => {
    const { interruptions, departedOn, endsOn } = it.service;
    const last = interruptions.at(-1);
    const [from, to] = [last?.to ?? last?.from ?? departedOn, addDays(last?.from ?? departedOn, number)];
    if (last?.to === null) {
      if (to < endsOn) it.change({ interruptions: [...interruptions.slice(0, -1), { from: last.from, to }] });
    } else if (addDays(from, number) < endsOn) {
      it.change({ interruptions: [...interruptions, { from: addDays(from, number), to: null }] });
    }
  }),
  fc.integer({ min: -9, max: 20 }).map((number): Step => (it) => {
    if (it.service.interruptions.length === 0) it.change({ departedOn: addDays('2027-01-10', number) });
  }),
  fc
    .tuple(
      fc.constantFrom<ReportKind>('START', 'PROGRESS', 'FINAL'),
      fc.constantFrom<ReportStatus>('SUBMITTED', 'COMMENTED', 'RETURNED', 'ACCEPTED'),
    )
    .map(([kind, status]): Step => (it) => {
      it.handIn(kind, status);
    }),
);

describe('through random extensions, interruptions, corrections and early ends', () => {
  const histories = (runs: number, check: (it: Case) => void) => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), fc.option(offset), (steps, endsAfter) => {
        const it = new Case();
        for (const act of steps) {
          act(it);
          check(it);
        }
        if (endsAfter === null) return;
        const endsOn = addDays(it.service.interruptions.at(-1)?.from ?? it.service.departedOn, endsAfter);
        if (endsOn < it.service.endsOn) it.change({ endsOn });
        check(it);
      }),
      { numRuns: runs },
    );
  };

  it('the open reports equal the schedule made anew, less what was handed in', () => {
    histories(1_000, ({ reports, service, open: after }) => {
      const anew = reports
        .filter(({ status }) => status !== 'DRAFT' && status !== 'CANCELLED')
        .map((it) => ({ ...it }));
      apply(anew, reportSchedule(rule, service));
      expect(after).toEqual(open(anew));
      if (anew.every(({ status }) => status === 'DRAFT')) {
        expect(after).toEqual(
          days(service)
            .map((it) => it.split(' ').reverse().join(' '))
            .sort(),
        );
      }
    });
  });

  it('nothing is due twice, and one final report at the end is open or handed in', () => {
    histories(500, ({ reports, service }) => {
      const live = reports.filter(({ status }) => status !== 'CANCELLED');
      const numbers = live.flatMap(({ kind, progressNumber }) =>
        progressNumber === null ? [] : `${kind} ${progressNumber}`,
      );
      expect(new Set(numbers).size).toBe(numbers.length);
      expect(live.filter(({ kind }) => kind === 'START').length).toBeLessThanOrEqual(1);
      const finals = live.filter(({ kind, dueOn }) => kind === 'FINAL' && dueOn >= service.endsOn);
      expect(finals.length).toBeGreaterThanOrEqual(1);
      expect(finals.filter(({ status }) => status !== 'ACCEPTED').length).toBeLessThanOrEqual(1);
    });
  });
});
