import { createHash, createPublicKey, verify } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/**
 * An example to start from: takes the payout feed into books of its own. Needs Node alone, no package and nothing of this
 * repository. The books are a file with one message a line; each id takes effect once; deleting the file and starting again
 * rebuilds the same sums, because the feed can be read from any position.
 *
 *   FUND_API_URL=https://fund.example TOKEN=... LEDGER_FILE=payouts.jsonl node payout-consumer.js
 */
export interface FeedItem {
  readonly position: string;
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly sequence: number;
  readonly data: string;
  readonly signature: string | null;
}
interface SigningKey {
  readonly kid: string;
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
}
interface Entry {
  readonly status: string;
  readonly amount: { readonly amount: string; readonly currency: string };
}

const PAGE = 500;

/** The consumer's books. A message is written before it counts, so a crash loses nothing and repeats harmlessly. */
export class PayoutLedger {
  private readonly seen = new Set<string>();
  private readonly payouts = new Map<string, { sequence: number; entry: Entry }>();
  position = '0';

  constructor(private readonly file: string) {
    if (!existsSync(file)) return;
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      // A crash may have cut the last line; the feed gives that message again.
      const item = parseLine(line);
      if (item) this.take(item);
    }
  }

  /** Takes a message into the books, once. */
  record(item: FeedItem): void {
    if (this.seen.has(item.id)) return;
    appendFileSync(this.file, `\n${JSON.stringify(item)}`);
    this.take(item);
  }

  /** Cents by status and currency: `BOOKED EUR` -> 150000n. The latest state of each payout counts. */
  sums(): Map<string, bigint> {
    const sums = new Map<string, bigint>();
    for (const { entry } of this.payouts.values()) {
      const key = `${entry.status} ${entry.amount.currency}`;
      sums.set(key, (sums.get(key) ?? 0n) + BigInt(entry.amount.amount.replace('.', '')));
    }
    return sums;
  }

  private take(item: FeedItem): void {
    this.seen.add(item.id);
    if (BigInt(item.position) > BigInt(this.position)) this.position = item.position;
    const known = this.payouts.get(item.subject);
    // Late messages change nothing: the sequence is the version of the payout.
    if (known && known.sequence >= item.sequence) return;
    this.payouts.set(item.subject, { sequence: item.sequence, entry: JSON.parse(item.data) as Entry });
  }
}

/**
 * Reads the feed until it is empty, or for ever when `follow` is set. Confirms when it has caught up: in the middle of a rebuild it
 * would be behind what it once confirmed.
 */
export async function consume(
  ledger: PayoutLedger,
  { url, token, follow }: { url: string; token: string; follow: boolean },
): Promise<void> {
  const { keys } = await call<{ keys: SigningKey[] }>(url, token, '/v1/signing-keys');
  let confirmed = '';
  for (;;) {
    const wait = follow ? 20 : 0;
    const path = `/v1/payout-feed?after=${ledger.position}&limit=${PAGE}&waitSeconds=${wait}`;
    const { items } = await call<{ items: FeedItem[] }>(url, token, path);
    for (const item of items) {
      if (!isGenuine(item, keys)) throw new Error(`message ${item.id} is not signed by the fund; nothing was booked`);
      ledger.record(item);
    }
    if (items.length < PAGE && ledger.position !== confirmed) {
      await call(url, token, '/v1/payout-feed/receipts', { position: ledger.position });
      confirmed = ledger.position;
    }
    if (items.length === 0 && !follow) return;
  }
}

/** Checks the detached JWS over the canonical JSON (sorted keys, no spaces) of the message's attributes and its data's hash. */
export function isGenuine(item: FeedItem, keys: readonly SigningKey[]): boolean {
  const [header = '', , signature = ''] = (item.signature ?? '').split('.');
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString() || '{}') as { kid?: string };
  const key = keys.find((candidate) => candidate.kid === kid);
  if (!key) return false;
  const { id, sequence, subject, time, type } = item;
  const datasha256 = createHash('sha256').update(item.data).digest('hex');
  // In alphabetical order, as RFC 8785 wants it.
  const payload = JSON.stringify({ datasha256, id, sequence, source: '/services/finance', subject, time, type });
  const signed = Buffer.from(`${header}.${Buffer.from(payload).toString('base64url')}`);
  const publicKey = createPublicKey({ key: { kty: key.kty, crv: key.crv, x: key.x }, format: 'jwk' });
  return verify(null, signed, publicKey, Buffer.from(signature, 'base64url'));
}

async function call<T>(url: string, token: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`${url}${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(30_000),
  });
  if (!response.ok) throw new Error(`${path} answers ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}

function parseLine(line: string): FeedItem | undefined {
  try {
    return line === '' ? undefined : (JSON.parse(line) as FeedItem);
  } catch {
    return undefined;
  }
}

async function main(): Promise<void> {
  const { FUND_API_URL, TOKEN, LEDGER_FILE = 'payouts.jsonl' } = process.env;
  if (!FUND_API_URL || !TOKEN) throw new Error('set FUND_API_URL and TOKEN');
  const ledger = new PayoutLedger(LEDGER_FILE);
  await consume(ledger, { url: FUND_API_URL, token: TOKEN, follow: process.argv.includes('--follow') });
  for (const [key, cents] of ledger.sums()) console.log(`${key}\t${cents}`);
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
