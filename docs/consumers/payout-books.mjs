// The books of an ERP in short: a file with one message a line. What a real system does in its database, in one transaction:
// take each id once, keep the newest state of each payout, and remember up to which position nothing is missing.
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';

/**
 * A message as all channels carry it.
 * @typedef {{ position: string, id: string, type: string, subject: string, time: string, sequence: number, data: string, signature: string | null }} Message
 */

export class PayoutBooks {
  #file;
  #ids = new Set();
  /** @type {Map<string, Message>} */
  #newest = new Map();
  /** Nothing up to here is missing. The highest position among the messages says less: NATS delivers out of order. */
  settled = '0';

  /** @param {string} path */
  constructor(path) {
    const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
    for (const line of lines) this.#apply(parse(line));
    this.#file = openSync(path, 'a');
  }

  /**
   * Takes a message in, once; returns whether it was new. On disk when it returns: only then may it be acknowledged.
   * @param {Message} message
   */
  book(message) {
    if (this.#ids.has(message.id)) return false;
    this.#write(message);
    return true;
  }

  /** @param {string} position */
  settle(position) {
    if (BigInt(position) > BigInt(this.settled)) this.#write({ settled: position });
  }

  /** Cents by status and currency, in whole numbers. */
  sums() {
    const sums = new Map();
    for (const { data } of this.#newest.values()) {
      const { status, amount } = JSON.parse(data);
      const key = `${status} ${amount.currency}`;
      sums.set(key, (sums.get(key) ?? 0n) + BigInt(amount.amount.replace('.', '')));
    }
    return [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  close() {
    closeSync(this.#file);
  }

  #write(entry) {
    // A line break before it, too: a crash may have cut the line before.
    writeSync(this.#file, `\n${JSON.stringify(entry)}\n`);
    fsyncSync(this.#file);
    this.#apply(entry);
  }

  #apply(entry) {
    if (entry?.settled !== undefined) this.settled = entry.settled;
    if (entry?.id === undefined) return;
    this.#ids.add(entry.id);
    // `sequence` is the version of the payout: what is older comes late and changes nothing.
    const known = this.#newest.get(entry.subject);
    if (!known || entry.sequence > known.sequence) this.#newest.set(entry.subject, entry);
  }
}

// A line that a crash cut is no message: it was never acknowledged, so it comes again.
function parse(line) {
  try {
    return line === '' ? undefined : JSON.parse(line);
  } catch {
    return undefined;
  }
}
