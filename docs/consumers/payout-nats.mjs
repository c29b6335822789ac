// The payout messages over NATS JetStream, for ever. npm install @nats-io/transport-node @nats-io/jetstream
import { jetstream } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { PayoutBooks } from './payout-books.mjs';
import { forEver, Fund, need } from './payout-fund.mjs';

const { env } = process;
const fund = new Fund();
const books = new PayoutBooks(env.BOOKS_FILE ?? 'payouts.jsonl');
const user = env.NATS_USER ?? 'finance-department';

const connection = await connect({
  servers: need(env, 'NATS_URL'),
  user,
  pass: need(env, 'NATS_PASSWORD'),
  // The user may listen to its own inbox alone.
  inboxPrefix: `_INBOX_${user}`,
  name: 'payout-nats.mjs',
  waitOnFirstConnect: true,
  maxReconnectAttempts: -1,
});

// NATS says neither that it lost a message nor what the last one is; the feed does. 0: for those who can only take NATS.
const settleSeconds = Number(env.SETTLE_SECONDS ?? 60);
if (settleSeconds > 0) void forEver(() => fund.settle(books), settleSeconds * 1000);

// Looked up anew after every end: when the broker lost its store, stream and durable are made again under the same names.
await forEver(async () => {
  const consumer = await jetstream(connection).consumers.get('EVT_FINANCE', env.NATS_DURABLE ?? 'finance-department');
  const messages = await consumer.consume({ max_messages: 200, abort_on_missing_resource: true });
  console.log('listening');
  for await (const message of messages) await take(message);
});

// Not acknowledged, it comes again after 30 s: when the books cannot be written, and when the fund did not sign it (somebody has to look).
async function take(message) {
  try {
    await fund.book(books, read(message));
    message.ack();
  } catch (error) {
    console.error(error.message);
  }
}

/** @returns {import('./payout-books.mjs').Message} */
function read(message) {
  const header = (name) => message.headers?.get(name) ?? '';
  return {
    position: header('position'),
    id: header('ce-id'),
    type: header('ce-type'),
    subject: header('ce-subject'),
    time: header('ce-time'),
    sequence: Number(header('sequence')),
    data: message.string(),
    signature: header('ce-signature') || null,
  };
}
