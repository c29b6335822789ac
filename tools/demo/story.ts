import type { Money } from '#contracts';

let chapter = 0;

/** A heading of the told story. */
export function heading(text: string): void {
  chapter += 1;
  console.log(`\n${chapter}. ${text}`);
}

/** One sentence of the story. */
export function tell(text: string): void {
  console.log(`   ${text}`);
}

/** `123456.70 EUR` as `123,456.70 EUR`. */
export function euros(money: Money): string {
  const [whole = '', fraction] = money.amount.split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+(?!\d))/g, ',');
  return `${fraction === undefined ? grouped : `${grouped}.${fraction}`} ${money.currency}`;
}

/** The first characters of an id: enough to recognise it in the story. */
export function short(id: string): string {
  return id.slice(-12);
}
