// The payout feed over https. Without arguments: to the end, then prints the sums. With --follow: for ever.
import { PayoutBooks } from './payout-books.mjs';
import { forEver, Fund } from './payout-fund.mjs';

const fund = new Fund();
const books = new PayoutBooks(process.env.BOOKS_FILE ?? 'payouts.jsonl');

if (process.argv.includes('--follow')) await forEver(() => fund.settle(books, 20), 0);
await fund.settle(books);
for (const [key, cents] of books.sums()) console.log(`${key}\t${cents}`);
books.close();
