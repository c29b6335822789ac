import { AppError, type ErrorCode } from '#contracts';
import type { PartnershipKind } from '#contracts/partnership';
import type { AgreementFacts } from './agreement-term';
import { checkFields, checkParticipants, type Moment, Partnership } from './partnership.entity';

const TODAY = '2026-11-22';
const AT = new Date('2026-11-22T12:00:00Z');
const on = (day: string): Moment => ({ on: day, today: TODAY, at: AT });
const charter: AgreementFacts = { kind: 'CHARTER', validFrom: '2014-05-01', validTo: null };

function proposed(changes: { kind?: PartnershipKind; from?: string; to?: string | null } = {}): Partnership {
  const { kind = 'PARTNERSHIP', from = '2014-01-01', to = null } = changes;
  return Partnership.propose(
    { id: 'p', kind, languages: ['en', 'en'], period: { from, to } },
    { today: TODAY, at: AT },
  );
}

function refusal(work: () => unknown): ErrorCode | undefined {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
  return undefined;
}

describe('a partnership', () => {
  it('begins as proposed, from the first day of its period or from today', () => {
    expect(proposed()).toMatchObject({ status: 'PROPOSED', statusSince: '2014-01-01', languages: ['en'] });
    expect(proposed({ from: '2030-01-01' }).statusSince).toBe(TODAY);
  });

  it('needs an end of its period when it is a project partnership', () => {
    expect(refusal(() => proposed({ kind: 'PROJECT_PARTNERSHIP' }))).toBe('PARTNERSHIP_PERIOD_REQUIRED');
    expect(proposed({ kind: 'PROJECT_PARTNERSHIP', to: '2028-01-01' }).periodTo).toBe('2028-01-01');
  });

  it('goes from active to dormant and back, and ends once', () => {
    const partnership = proposed();
    partnership.activate([charter], on('2014-05-01'));
    partnership.suspend(on('2020-03-01'));
    partnership.activate([charter], on('2022-03-01'));
    partnership.end(on(TODAY));
    expect(partnership).toMatchObject({ status: 'ENDED', statusSince: TODAY });
    expect(refusal(() => partnership.activate([charter], on(TODAY)))).toBe('PARTNERSHIP_TRANSITION_NOT_ALLOWED');
    expect(refusal(() => partnership.end(on(TODAY)))).toBe('PARTNERSHIP_TRANSITION_NOT_ALLOWED');
  });

  it('does not become dormant before it was active', () => {
    expect(refusal(() => proposed().suspend(on(TODAY)))).toBe('PARTNERSHIP_TRANSITION_NOT_ALLOWED');
  });

  it.each([
    ['without any', []],
    ['with a council resolution only', [{ ...charter, kind: 'COUNCIL_RESOLUTION' }]],
    ['with one that begins later', [{ ...charter, validFrom: '2026-11-23' }]],
    ['with one that ended on that day', [{ ...charter, validTo: TODAY }]],
  ])('does not become active %s agreement', (_, agreements) => {
    expect(refusal(() => proposed().activate(agreements, on(TODAY)))).toBe('PARTNERSHIP_AGREEMENT_MISSING');
  });

  it('becomes active without agreement as a contact', () => {
    const contact = proposed({ kind: 'CONTACT' });
    contact.activate([], on(TODAY));
    expect(contact.status).toBe('ACTIVE');
  });

  it.each([
    ['in the future', '2026-11-23', null],
    ['before the status it follows', '2013-12-31', null],
    ['after the end of the period', '2020-01-01', '2020-01-01'],
  ])('does not change %s', (_, day, to) => {
    expect(refusal(() => proposed({ to }).activate([charter], on(day)))).toBe('PARTNERSHIP_TRANSITION_DATE_INVALID');
  });
});

describe('the participants of a partnership', () => {
  const tuebingen = { id: 'a', side: 'DE' } as const;
  const moshi = { id: 'b', side: 'PARTNER' } as const;

  it('are known and come from both sides', () => {
    expect(refusal(() => checkParticipants(['a', 'b'], [tuebingen, moshi]))).toBeUndefined();
    expect(refusal(() => checkParticipants(['a', 'c'], [tuebingen]))).toBe('PARTNERSHIP_PARTICIPANT_UNKNOWN');
    expect(refusal(() => checkParticipants(['a', 'a'], [tuebingen]))).toBe('PARTNERSHIP_PARTICIPANTS_ONE_SIDED');
  });
});

describe('the fields of action of a partnership', () => {
  it.each([
    ['99 percent', [{ key: 'health', percent: 99 }]],
    [
      '101 percent',
      [
        { key: 'health', percent: 51 },
        { key: 'education', percent: 50 },
      ],
    ],
    [
      'a key named twice',
      [
        { key: 'health', percent: 50 },
        { key: 'health', percent: 50 },
      ],
    ],
  ])('are refused with %s', (_, shares) => {
    expect(refusal(() => checkFields(shares))).toBe('PARTNERSHIP_FIELDS_INVALID');
  });

  it('add up to 100', () => {
    expect(
      refusal(() =>
        checkFields([
          { key: 'health', percent: 60 },
          { key: 'education', percent: 40 },
        ]),
      ),
    ).toBeUndefined();
  });
});
