// What every channel needs of the fund: an access token, the calls of the feed, and the check of signatures. Node 22 or newer.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

const PAGE = 500;

/** @typedef {import('./payout-books.mjs').Message} Message */

export class Fund {
  #token = { text: '', until: 0 };
  #keys = [];

  constructor(environment = process.env) {
    this.environment = environment;
    this.url = need(environment, 'FUND_API_URL');
  }

  /** One call. What is not 2xx is thrown, with the `code` of the problem (RFC 9457). */
  async call(path, body) {
    const response = await fetch(`${this.url}/v1${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        authorization: `Bearer ${await this.#accessToken()}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(40_000),
    });
    const answer = await response.json();
    if (response.ok) return answer;
    const { code, detail } = answer;
    throw Object.assign(new Error(`${path} answers ${response.status} ${code}: ${detail}`), { code });
  }

  /**
   * Reads the feed from what is settled to its end, books what is missing, and confirms. Every consumer does this once at its start,
   * and a consumer of NATS or webhooks every minute: it closes any gap, and it alone tells up to where nothing is missing.
   * @param {import('./payout-books.mjs').PayoutBooks} books
   * @param {number} [waitSeconds] how long an empty feed is watched
   */
  async settle(books, waitSeconds = 0) {
    for (let isMore = true; isMore;) {
      const query = `after=${books.settled}&limit=${PAGE}&waitSeconds=${waitSeconds}`;
      const { items, next } = await this.call(`/payout-feed?${query}`);
      for (const item of items) await this.book(books, item);
      books.settle(next);
      isMore = items.length > 0;
      if (isMore) await this.#confirm(next);
    }
  }

  async #confirm(position) {
    const consumer = this.environment.CONSUMER ?? 'finance-department';
    await this.call('/payout-feed/receipts', { consumer, position }).catch((error) => {
      // In the middle of a rebuild the books are behind what was once confirmed; that stands.
      if (error.code !== 'FINANCE_RECEIPT_BEHIND') throw error;
    });
  }

  /**
   * Books a message that the fund signed; throws at any other, and nothing is booked.
   * @param {import('./payout-books.mjs').PayoutBooks} books
   * @param {Message} message
   */
  async book(books, message) {
    if (!(await this.#isGenuine(message))) throw new Error(`message ${message.id} is not signed by the fund`);
    return books.book(message);
  }

  /** The detached JWS (EdDSA) over the canonical JSON of the message's attributes and the hash of its data. */
  async #isGenuine({ id, type, subject, time, sequence, data, signature }) {
    const [header, , bytes] = (signature ?? '').split('.');
    if (!header || !bytes) return false;
    const { kid, alg } = JSON.parse(Buffer.from(header, 'base64url').toString());
    const key = await this.#key(kid);
    if (!key || alg !== 'EdDSA') return false;
    const datasha256 = createHash('sha256').update(data).digest('hex');
    // The names in alphabetical order, as RFC 8785 wants it.
    const text = JSON.stringify({ datasha256, id, sequence, source: '/services/finance', subject, time, type });
    const signed = Buffer.from(`${header}.${Buffer.from(text).toString('base64url')}`);
    return verify(null, signed, createPublicKey({ key, format: 'jwk' }), Buffer.from(bytes, 'base64url'));
  }

  // SIGNING_KEYS_FILE: the answer of /v1/signing-keys as it was checked once; without it, what the fund says now.
  async #key(kid) {
    const file = this.environment.SIGNING_KEYS_FILE;
    if (file && this.#keys.length === 0) this.#keys = JSON.parse(readFileSync(file, 'utf8')).keys;
    const known = this.#keys.find((key) => key.kid === kid);
    if (known || file) return known;
    this.#keys = (await this.call('/signing-keys')).keys;
    return this.#keys.find((key) => key.kid === kid);
  }

  // OAuth 2.0 client credentials (RFC 6749, 4.4); fetched again a minute before the end. TOKEN: one that you already have.
  async #accessToken() {
    if (this.environment.TOKEN) return this.environment.TOKEN;
    if (Date.now() > this.#token.until - 60_000) {
      const client = `${need(this.environment, 'CLIENT_ID')}:${need(this.environment, 'CLIENT_SECRET')}`;
      const response = await fetch(need(this.environment, 'OIDC_TOKEN_URL'), {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(client).toString('base64')}` },
        body: new URLSearchParams({ grant_type: 'client_credentials' }),
        signal: AbortSignal.timeout(10_000),
      });
      if (!response.ok) throw new Error(`no token: ${response.status} ${await response.text()}`);
      const { access_token: text, expires_in: seconds } = await response.json();
      this.#token = { text, until: Date.now() + seconds * 1000 };
    }
    return this.#token.text;
  }
}

export function need(environment, name) {
  const value = environment[name];
  if (!value) throw new Error(`set ${name}`);
  return value;
}

/** Repeats something for as long as the process lives, and says what went wrong. */
export async function forEver(work, pauseMs = 1000) {
  for (;;) {
    await work().catch((error) => console.error(error.message));
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
