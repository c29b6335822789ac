import { EXPERT_REQUEST_STATUSES } from '#contracts/staffing';
import { type SignedAt, waitingFor, waitingSinceAfter } from './waiting.rules';

const day = (number: number): Date => new Date(Date.UTC(2026, 10, number));
const draft = {
  status: 'DRAFT',
  partnershipIds: ['one', 'two'],
  waitingSince: day(1),
  areAllReviewersIn: false,
} as const;
const signed = (partnershipId: string, side: SignedAt['side'], number: number): SignedAt => ({
  partnershipId,
  side,
  signedAt: day(number),
});
const waits = (signatures: SignedAt[], since = day(1)) =>
  waitingFor({ ...draft, waitingSince: since }, signatures).map(
    ({ act, by, partnershipId, since: at }) => `${act} ${by} ${partnershipId} ${at.slice(0, 10)}`,
  );

describe('what a draft waits for', () => {
  it('are both sides of each partnership, since it is as it is', () => {
    expect(waits([])).toEqual([
      'SIGNATURE DE one 2026-11-01',
      'SIGNATURE PARTNER one 2026-11-01',
      'SIGNATURE DE two 2026-11-01',
      'SIGNATURE PARTNER two 2026-11-01',
    ]);
  });

  it('is the silent side, since the other one signed', () => {
    const signatures = [signed('one', 'DE', 3), signed('two', 'DE', 7), signed('two', 'PARTNER', 8)];
    expect(waits(signatures, day(3))).toEqual(['SIGNATURE PARTNER one 2026-11-03']);
    expect(waitingSinceAfter(draft, signatures, day(8))).toEqual(day(3));
    expect(waitingSinceAfter(draft, signatures.slice(0, 1), day(3))).toEqual(day(1));
  });

  it('is its submission, since the last one signed', () => {
    const all = [
      signed('one', 'DE', 2),
      signed('one', 'PARTNER', 5),
      signed('two', 'DE', 3),
      signed('two', 'PARTNER', 9),
    ];
    const since = waitingSinceAfter(draft, all, day(9));
    expect(waits(all, since)).toEqual(['SUBMISSION APPLICANTS null 2026-11-09']);
  });
});

it('each state waits for one act, or for none when it is decided', () => {
  const acts = EXPERT_REQUEST_STATUSES.map((status) => {
    const [next] = waitingFor({ ...draft, status }, []);
    return [status, next ? `${next.act} ${next.by}` : ''];
  });
  expect(Object.fromEntries(acts)).toEqual({
    DRAFT: 'SIGNATURE DE',
    SUBMITTED: 'FORMAL_CHECK FUND',
    FORMAL_CHECK: 'FORMAL_CHECK FUND',
    RETURNED: 'REVISION APPLICANTS',
    REJECTED: '',
    ASSESSMENT: 'ASSESSMENT FUND',
    RECOMMENDED: 'SELECTION FUND',
    NOT_RECOMMENDED: 'SELECTION FUND',
    SELECTED: '',
    WAITLISTED: 'SELECTION FUND',
    DECLINED: '',
    WITHDRAWN: '',
  });
  const [next] = waitingFor({ ...draft, status: 'ASSESSMENT', areAllReviewersIn: true }, []);
  expect(next?.act).toBe('RECOMMENDATION');
});
