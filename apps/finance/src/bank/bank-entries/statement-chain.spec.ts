import { type StatementPage, statementFaults } from './statement-chain';

let number = 0;
beforeEach(() => (number = 0));

/** The next statement of a year that opens and closes with the same balance, unless stated. */
const page = (more: Partial<StatementPage> = {}): StatementPage => {
  number += 1;
  const day = `2026-01-${number.toString().padStart(2, '0')}`;
  return {
    givenId: `S${number}`,
    pageNumber: 1,
    isLastPage: null,
    sequenceNumber: number,
    from: day,
    to: day,
    datedOn: day,
    currency: 'EUR',
    openingMinor: 1000n,
    closingMinor: 1000n,
    entriesMinor: 0n,
    ...more,
  };
};
const kinds = (...pages: StatementPage[]) => statementFaults(pages).map(({ kind, numbers }) => [kind, numbers]);
const ofYear = (year: number, sequenceNumber: number) =>
  page({ sequenceNumber, from: `${year}-02-01`, to: `${year}-02-01`, givenId: `${year}/${sequenceNumber}` });

describe('the statements of an account', () => {
  it('are complete when each goes on where the one before ended', () => {
    expect(
      kinds(
        page(),
        page({ closingMinor: 400n, entriesMinor: -600n }),
        page({ openingMinor: 400n, closingMinor: 400n }),
      ),
    ).toEqual([]);
  });

  it('name the numbers that are missing, in each year for itself', () => {
    const missing = [['STATEMENT_MISSING', { from: 2, to: 3 }]];
    expect(kinds(ofYear(2025, 1), ofYear(2025, 2), ofYear(2026, 1), ofYear(2026, 4))).toEqual(missing);
  });

  it('may begin their numbers anew with the year, or go on', () => {
    expect(kinds(ofYear(2025, 250), ofYear(2026, 1))).toEqual([]);
    expect(kinds(ofYear(2025, 250), ofYear(2026, 251))).toEqual([]);
    expect(kinds(ofYear(2025, 250), ofYear(2026, 3))).toEqual([['STATEMENT_MISSING', { from: 1, to: 2 }]]);
    expect(kinds(ofYear(2025, 250), ofYear(2026, 252))).toEqual([['STATEMENT_MISSING', { from: 251, to: 251 }]]);
  });

  it('contradict each other when one opens with another balance than the one before closed with', () => {
    const [fault] = statementFaults([page(), page({ openingMinor: 900n, closingMinor: 900n })]);
    expect(fault).toMatchObject({
      kind: 'OPENING_DIFFERS',
      statementId: 'S2',
      expectedMinor: 1000n,
      statedMinor: 900n,
    });
  });

  it('have balances in each currency', () => {
    expect(kinds(page(), page({ currency: 'USD', openingMinor: 5n, closingMinor: 5n }))).toEqual([]);
  });

  it('are faulty when their entries do not give the closing balance', () => {
    expect(kinds(page({ entriesMinor: -1n }))).toEqual([['CLOSING_DIFFERS', null]]);
  });

  it('come in pages: the first opens, the last closes, and one left out is named', () => {
    const first = {
      givenId: 'P',
      sequenceNumber: 1,
      from: '2026-01-01',
      to: '2026-01-01',
      isLastPage: false,
      closingMinor: null,
    };
    const last = {
      ...first,
      pageNumber: 2,
      isLastPage: true,
      openingMinor: null,
      entriesMinor: 50n,
      closingMinor: 1050n,
    };
    expect(kinds(page(first), page(last))).toEqual([]);
    expect(kinds(page(first))).toEqual([['PAGE_MISSING', null]]);
    expect(kinds(page(last))).toEqual([['PAGE_MISSING', null]]);
  });

  it('may be corrected: the last version counts', () => {
    const version = { givenId: 'C', sequenceNumber: 1, from: '2026-01-01', to: '2026-01-01' };
    expect(kinds(page({ ...version, entriesMinor: -1n }), page(version))).toEqual([]);
  });
});
