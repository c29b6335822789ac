import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { JournalVerification } from '#contracts';
import { Database } from '#database';
import { CHAIN_START, RecurringTask, sealHash } from '#messaging';
import { Clock } from '#platform';

const EVERY_MS = 1000;
const BATCH = 1000;

interface Unsealed {
  readonly id: string;
  readonly content: string;
}

interface Sealed {
  readonly seq: bigint;
  readonly entryId: string;
  readonly previousHash: Buffer;
  readonly hash: Buffer;
  readonly content: string | null;
}

export interface Checkpoint {
  readonly seq: number;
  readonly hash: string;
}

/**
 * The hash chain over the journal. Every entry with its lines is sealed within seconds of its commit, one replica at a time: each
 * hash covers the entry and the hash before it, so no entry can be changed, removed or slipped in unseen.
 */
@Injectable()
export class JournalChain implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly task = new RecurringTask('seal the journal', {
    intervalMs: EVERY_MS,
    work: async () => {
      await this.seal();
    },
  });

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.task.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.task.stop();
  }

  /** Seals what is committed and not sealed yet; answers how many. A replica that finds another at it leaves it to that one. */
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
        `INSERT INTO journal_seal (seq, entry_id, previous_hash, hash)
         SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::bytea[], $4::bytea[])`,
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

  /** Walks the whole chain. A tail that was cut off shows only against a checkpoint that was kept elsewhere. */
  async verify(checkpoint?: Checkpoint): Promise<JournalVerification> {
    let seq = 0n;
    let previous: Buffer = CHAIN_START;
    let isCheckpointSeen = checkpoint === undefined;
    const report = (fault: JournalVerification['fault']): JournalVerification => ({
      isIntact: fault === null,
      checked: Number(seq),
      head: seq > 0n ? { seq: Number(seq), hash: previous.toString('hex') } : null,
      fault,
      verifiedAt: this.clock.now().toISOString(),
    });
    for (;;) {
      const rows = await this.database.query<Sealed>(WALK, [seq.toString(), BATCH]);
      for (const row of rows) {
        const kind = faultOf(row, seq + 1n, previous);
        if (kind) return report({ kind, seq: Number(seq + 1n), entryId: row.entryId });
        seq = row.seq;
        previous = row.hash;
        if (checkpoint?.seq !== Number(seq)) continue;
        if (checkpoint.hash !== previous.toString('hex')) {
          return report({ kind: 'checkpoint-differs', seq: checkpoint.seq, entryId: row.entryId });
        }
        isCheckpointSeen = true;
      }
      if (rows.length < BATCH) break;
    }
    if (!isCheckpointSeen) return report({ kind: 'seal-missing', seq: checkpoint?.seq ?? 0, entryId: null });
    const [left] = await this.database.query<{ id: string }>(LEFT_OUT);
    return report(left ? { kind: 'entry-unsealed', seq: Number(seq), entryId: left.id } : null);
  }
}

function faultOf(row: Sealed, seq: bigint, previous: Buffer): string | undefined {
  if (row.seq !== seq) return 'seal-missing';
  if (row.content === null) return 'entry-missing';
  if (!row.previousHash.equals(previous)) return 'link-broken';
  return sealHash(row.previousHash, row.content).equals(row.hash) ? undefined : 'entry-changed';
}

/** Every column of the entry and of its lines, so that none can change unseen. */
const CONTENT = `json_build_array(e.id, e.fund_id, e.kind, e.reference,
  to_char(e.booked_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), e.effective_on, e.correlation_id, e.reverses_entry_id,
  e.reason, (SELECT json_agg(json_build_array(l.line, l.budget_year, l.stage, l.amount_minor, l.category) ORDER BY l.line)
    FROM journal_line l WHERE l.entry_id = e.id))::text`;

// An entry is visible some time after it was booked, never longer than a transaction may last: looking back minutes is enough,
// and an index on the time keeps it short however long the journal gets.
const UNSEALED = `
SELECT e.id, ${CONTENT} AS content FROM journal_entry e
WHERE e.booked_at >= coalesce((SELECT booked_at FROM journal_entry WHERE id =
    (SELECT entry_id FROM journal_seal ORDER BY seq DESC LIMIT 1)), '-infinity'::timestamptz) - interval '10 minutes'
  AND NOT EXISTS (SELECT FROM journal_seal s WHERE s.entry_id = e.id)
ORDER BY e.booked_at, e.id LIMIT $1`;

const WALK = `
SELECT s.seq, s.entry_id AS "entryId", s.previous_hash AS "previousHash", s.hash,
  CASE WHEN e.id IS NOT NULL THEN ${CONTENT} END AS content
FROM journal_seal s LEFT JOIN journal_entry e ON e.id = s.entry_id WHERE s.seq > $1 ORDER BY s.seq LIMIT $2`;

const LEFT_OUT = `
SELECT e.id FROM journal_entry e WHERE e.booked_at < clock_timestamp() - interval '5 minutes'
  AND NOT EXISTS (SELECT FROM journal_seal s WHERE s.entry_id = e.id) ORDER BY e.booked_at LIMIT 1`;
