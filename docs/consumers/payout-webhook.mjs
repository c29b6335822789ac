// Takes webhooks, for ever. Behind your own https proxy. npm install standardwebhooks
import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { PayoutBooks } from './payout-books.mjs';
import { forEver, Fund, need } from './payout-fund.mjs';

const { env } = process;
const BODY_MAX = 100_000;
const fund = new Fund();
const books = new PayoutBooks(env.BOOKS_FILE ?? 'payouts.jsonl');
const webhook = new Webhook(need(env, 'WEBHOOK_SECRET'));

const settleSeconds = Number(env.SETTLE_SECONDS ?? 60);
if (settleSeconds > 0) void forEver(() => fund.settle(books), settleSeconds * 1000);

createServer(async (request, response) => {
  // 2xx only when it is in the books: everything else is sent again.
  try {
    const body = await text(request);
    webhook.verify(body, request.headers);
    await fund.book(books, read(request.headers, body));
    response.writeHead(204).end();
  } catch (error) {
    console.error(error.message);
    response.writeHead(400).end();
  }
}).listen(Number(env.PORT ?? 8080), env.HOST ?? '127.0.0.1', () => console.log('listening'));

// The bytes as they came: parsed and written again they would have another signature.
async function text(request) {
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > BODY_MAX) throw new Error('the body is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** @returns {import('./payout-books.mjs').Message} */
function read(headers, data) {
  return {
    position: headers['ce-position'],
    id: headers['ce-id'],
    type: headers['ce-type'],
    subject: headers['ce-subject'],
    time: headers['ce-time'],
    sequence: Number(headers['ce-sequence']),
    data,
    signature: headers['ce-signature'] ?? null,
  };
}
