import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { Audit, CHAIN_START, currentContent, Recurring, sealHash } from '#messaging';
import { JOURNAL, JOURNAL_CHAIN } from './journal-subject';

const EVERY_MS = 1000;
const BATCH = 1000;

interface Unsealed {
  readonly id: string;
  readonly content: string;
}

/**
 * The hash chain over the journal. Every entry with its lines is sealed within seconds of its commit, one replica at a time: each
 * hash covers the entry and the hash before it, so no entry can be changed, removed or slipped in unseen.
 */
@Injectable()
export class JournalChain {
  constructor(
    private readonly database: Database,
    audit: Audit,
  ) {
    audit.add(JOURNAL);
  }

  /** Seals what is committed and not sealed yet; answers how many. A replica that finds another at it leaves it to that one. */
  @Recurring({ name: 'seal the journal', intervalMs: EVERY_MS })
  seal(): Promise<number> {
    return this.database.transaction(async (tx) => {
      const [lock] = await tx.query<{ isMine: boolean }>(
        `SELECT pg_try_advisory_xact_lock(hashtextextended('finance.journal-chain', 0)) AS "isMine"`,
      );
      if (!lock?.isMine) return 0;
      const entries = await tx.query<Unsealed>(UNSEALED, [BATCH]);
      if (entries.length === 0) return 0;
      const [head] = await tx.query<{ seq: bigint; hash: Buffer }>(
        'SELECT seq, hash FROM journal_seal ORDER BY seq DESC LIMIT 1',
      );
      let previous = head?.hash ?? CHAIN_START;
      const seals = entries.map(({ id, content }, index) => {
        const seal = { seq: (head?.seq ?? 0n) + BigInt(index + 1), id, previous, hash: sealHash(previous, content) };
        previous = seal.hash;
        return seal;
      });
      await tx.query(
        `INSERT INTO journal_seal (seq, entry_id, previous_hash, hash, format)
         SELECT s.*, ${FORMAT} FROM unnest($1::bigint[], $2::uuid[], $3::bytea[], $4::bytea[]) AS s`,
        [
          seals.map((it) => it.seq.toString()),
          seals.map((it) => it.id),
          seals.map((it) => it.previous),
          seals.map((it) => it.hash),
        ],
      );
      return seals.length;
    });
  }
}

const { format: FORMAT, sql: CONTENT } = currentContent(JOURNAL_CHAIN);

// An entry is visible some time after it was booked, never longer than a transaction may last: looking back minutes is enough,
// and an index on the time keeps it short however long the journal gets.
const UNSEALED = `
SELECT r.id, ${CONTENT} AS content FROM journal_entry r
WHERE r.booked_at >= coalesce((SELECT booked_at FROM journal_entry WHERE id =
    (SELECT entry_id FROM journal_seal ORDER BY seq DESC LIMIT 1)), '-infinity'::timestamptz) - interval '10 minutes'
  AND NOT EXISTS (SELECT FROM journal_seal s WHERE s.entry_id = r.id)
ORDER BY r.booked_at, r.id LIMIT $1`;
