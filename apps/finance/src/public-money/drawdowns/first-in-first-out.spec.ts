import fc from 'fast-check';
import { allocateFirstInFirstOut, type Lot, type Spending } from './first-in-first-out';

const lot = (id: string, receivedOn: string, deadlineOn: string, amountMinor: bigint): Lot => ({
  id,
  receivedOn,
  deadlineOn,
  amountMinor,
});
const paid = (id: string, spentOn: string, amountMinor: bigint): Spending => ({ id, spentOn, amountMinor });

describe('the use of drawdowns', () => {
  it('takes the earliest receipt first, whatever the order of the lists', () => {
    const uses = allocateFirstInFirstOut(
      [lot('b', '2027-02-01', '2027-03-15', 100n), lot('a', '2027-01-01', '2027-02-12', 100n)],
      [paid('y', '2027-02-20', 80n), paid('x', '2027-01-10', 90n)],
    );
    expect(uses.map(({ lotId, spendingId, amountMinor, isLate }) => [lotId, spendingId, amountMinor, isLate])).toEqual([
      ['a', 'x', 90n, false],
      ['a', 'y', 10n, true],
      ['b', 'y', 70n, false],
    ]);
  });

  it('counts the deadline day as in time and the next day as late', () => {
    const lots = [lot('a', '2027-01-01', '2027-02-12', 2n)];
    const uses = allocateFirstInFirstOut(lots, [paid('x', '2027-02-12', 1n), paid('y', '2027-02-13', 1n)]);
    expect(uses.map(({ isLate }) => isLate)).toEqual([false, true]);
  });

  it('counts what was paid before the money came as spent on its arrival', () => {
    const [use] = allocateFirstInFirstOut([lot('a', '2027-02-01', '2027-03-15', 5n)], [paid('x', '2027-01-01', 5n)]);
    expect(use).toMatchObject({ spentOn: '2027-02-01', isLate: false });
  });

  it('is the same as spending coin by coin', () => {
    const day = fc.integer({ min: 1, max: 28 }).map((number) => `2027-01-${String(number).padStart(2, '0')}`);
    const amount = fc.bigInt({ min: 1n, max: 40n });
    const lots = fc.array(fc.tuple(day, amount), { maxLength: 8 });
    const spendings = fc.array(fc.tuple(day, amount), { maxLength: 8 });
    fc.assert(
      fc.property(lots, spendings, (received, spent) => {
        const givenLots = received.map(([on, minor], index) => lot(`l${index}`, on, '2027-01-15', minor));
        const givenSpendings = spent.map(([on, minor], index) => paid(`s${index}`, on, minor));
        const totals = new Map<string, bigint>();
        for (const { lotId, spendingId, amountMinor } of allocateFirstInFirstOut(givenLots, givenSpendings)) {
          totals.set(`${lotId} ${spendingId}`, (totals.get(`${lotId} ${spendingId}`) ?? 0n) + amountMinor);
        }
        expect(totals).toEqual(coinByCoin(givenLots, givenSpendings));
      }),
      { numRuns: 1000 },
    );
  });
});

/** Lays every cent of each side in a row, in order of time, and pairs them. */
function coinByCoin(lots: readonly Lot[], spendings: readonly Spending[]): Map<string, bigint> {
  const coins = (items: readonly { id: string; amountMinor: bigint; on: string }[]) =>
    [...items]
      .sort((a, b) => (a.on + a.id < b.on + b.id ? -1 : 1))
      .flatMap(({ id, amountMinor }) => [...singly(id, amountMinor)]);
  const received = coins(lots.map((it) => ({ ...it, on: it.receivedOn })));
  const spent = coins(spendings.map((it) => ({ ...it, on: it.spentOn })));
  const totals = new Map<string, bigint>();
  for (const [index, lotId] of received.slice(0, spent.length).entries()) {
    const key = `${lotId} ${spent[index]}`;
    totals.set(key, (totals.get(key) ?? 0n) + 1n);
  }
  return totals;
}

function* singly(id: string, amountMinor: bigint): Generator<string> {
  for (let coin = 0n; coin < amountMinor; coin++) yield id;
}
