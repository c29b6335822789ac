import { type Money, parseMinor, toMoney } from '#contracts';
import type { FundBalancesView } from '#contracts/finance';
import { euros } from './story';

const STAGES = ['available', 'blocked', 'reserved', 'committed', 'payable', 'paid', 'returned'] as const;

/** Prints the fund per budget year and the equation that must hold to the cent. Throws when it does not. */
export function printBalanceSheet(balances: FundBalancesView): void {
  const columns = ['year', 'budget', ...STAGES];
  console.log(`   ${columns.map((column) => column.padStart(column === 'year' ? 6 : 14)).join('')}`);
  for (const row of [
    ...balances.years.map((year) => ({ label: String(year.year), ...year })),
    { label: 'total', ...balances.total },
  ]) {
    const cells = [row.released, ...STAGES.map((stage) => row[stage])];
    console.log(`   ${row.label.padStart(6)}${cells.map((money) => money.amount.padStart(14)).join('')}`);
    checkEquation(row.label, row);
  }
  const { released, reserved, committed, payable, paid, available } = balances.total;
  console.log(
    `budget ${euros(released)} = reserved ${euros(reserved)} + committed ${euros(committed)} + payable ${euros(payable)} + paid ${euros(paid)} + available ${euros(available)}`,
  );
}

function checkEquation(label: string, row: Record<(typeof STAGES)[number] | 'released' | 'external', Money>): void {
  const sum = STAGES.reduce((total, stage) => total + minor(row[stage]), 0n);
  if (sum === minor(row.released) && minor(row.external) === -sum) return;
  throw new Error(
    `${label}: budget ${euros(row.released)} but the stages add up to ${euros(toMoney(sum, row.released.currency))}`,
  );
}

function minor(money: Money): bigint {
  return parseMinor(money.amount, money.currency) ?? 0n;
}
