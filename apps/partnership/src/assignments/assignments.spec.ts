import * as fc from 'fast-check';
import { type CourseStep, courseOf } from './assignment-course';
import { paidOf, type PaymentSaying } from './payments';

const step = (version: number, name: CourseStep['step'], on: string): CourseStep => ({ version, step: name, on });
const said = (version: number, changes: Partial<PaymentSaying>): PaymentSaying => ({
  ...{
    version,
    step: 'BOOKED',
    status: 'BOOKED',
    on: '2027-02-01',
    currency: 'EUR',
    amountMinor: 500n,
    returnedMinor: 0n,
  },
  ...changes,
});

describe('the course of an assignment', () => {
  const steps = [
    step(3, 'CONFIRMED', '2027-01-01'),
    step(5, 'DEPARTED', '2027-02-01'),
    step(6, 'INTERRUPTED', '2027-04-01'),
    step(7, 'RESUMED', '2027-05-01'),
    step(9, 'COMPLETED', '2028-02-01'),
    step(10, 'DEPARTURE_CORRECTED', '2027-02-03'),
  ];

  it('is the same in whatever order its steps arrive', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(steps, { minLength: steps.length }), (mixed) => {
        expect(courseOf(mixed)).toEqual({
          status: 'ENDED',
          confirmedOn: '2027-01-01',
          departedOn: '2027-02-03',
          endedOn: '2028-02-01',
        });
      }),
    );
  });

  it('follows the last step that is known', () => {
    expect(courseOf(steps.slice(0, 3)).status).toBe('INTERRUPTED');
    expect(courseOf([step(4, 'CANCELLED', '2027-01-05'), ...steps.slice(0, 1)]).status).toBe('CANCELLED');
  });
});

describe('what was paid', () => {
  const returned = said(8, { step: 'RETURNED', status: 'RETURNED', on: '2027-02-08', returnedMinor: 480n });

  it('counts a booking, and what came back of it on its own day', () => {
    expect(paidOf([returned, said(7, {})])).toEqual([
      { on: '2027-02-01', currency: 'EUR', minor: 500n },
      { on: '2027-02-08', currency: 'EUR', minor: -480n },
    ]);
  });

  it('counts nothing of a booking that was taken back, and all of one whose return was', () => {
    expect(paidOf([said(7, {}), said(8, { step: 'REOPENED', status: 'SENT' })])).toEqual([]);
    expect(paidOf([said(7, {}), returned, said(9, { step: 'REOPENED', status: 'BOOKED' })])).toEqual([
      { on: '2027-02-01', currency: 'EUR', minor: 500n },
    ]);
  });
});
