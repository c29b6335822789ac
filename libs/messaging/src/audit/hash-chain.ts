import { createHash } from 'node:crypto';

/** Reads one schema: a service's Database, or a connection of the tool that verifies from outside. int8 comes as bigint. */
export interface SqlReader {
  query<Row extends object>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

/**
 * A chain of seals over the rows of one table: `hash = sha256(previous hash as 32 bytes, then the row's content in UTF-8)`. What a
 * hash covers can grow: each seal names its format, and what was sealed once is verified as it was sealed.
 */
export interface HashChain {
  readonly name: 'audit' | 'journal';
  /** With columns seq, previous_hash, hash, format and the sealed row's id. */
  readonly sealTable: string;
  readonly sealedIdColumn: string;
  readonly table: string;
  readonly timeColumn: string;
  /** SQL over the row `r` for each format; the last one is the one in which seals are made now. */
  readonly contents: readonly string[];
  /** SQL that answers `id` and `content` of the rows to be sealed next, in their order; `$1` is how many at most. */
  readonly next: (content: string) => string;
  /** SQL over the row `r`: it should have been sealed by now. */
  readonly isDue: string;
  /** SQL over the row `r`: what the hash vouches for but does not contain is not as it was. */
  readonly isDetachedPartChanged?: string;
}

/** The chain begins with these 32 zero bytes. */
export const CHAIN_START: Buffer = Buffer.alloc(32);

/** A place in a chain: how many seals there are up to it, and the last one's hash. */
export interface ChainHead {
  readonly seq: bigint;
  readonly hash: string;
}

export type ChainFaultKind =
  'record-changed' | 'record-missing' | 'link-broken' | 'seal-missing' | 'record-unsealed' | 'checkpoint-differs';

export interface ChainFault {
  readonly kind: ChainFaultKind;
  /** The first seal that does not fit; for `seal-missing` the one that ought to be there. */
  readonly seq?: bigint;
  readonly recordId?: string;
}

/** How far a walk came; the next part goes on from here. */
export interface Walk {
  readonly position: ChainHead;
  readonly fault?: ChainFault;
  readonly isAtEnd: boolean;
}

export const START: ChainHead = { seq: 0n, hash: CHAIN_START.toString('hex') };
const BATCH = 1000;

export function sealHash(previousHash: Buffer, content: string): Buffer {
  return createHash('sha256').update(previousHash).update(content, 'utf8').digest();
}

interface SealRow extends ChainLink {
  readonly isDetachedPartChanged: boolean;
}

/**
 * Walks a part of a chain in steps of constant memory and stops at the first record that was changed, removed, moved or left out,
 * or where the chain is not the one that a checkpoint saw. A tail that was cut off shows only against checkpoints kept elsewhere.
 */
export async function walkChain(
  reader: SqlReader,
  chain: HashChain,
  { from = START, checkpoints = [], sealsMax = Infinity, pause }: WalkOptions = {},
): Promise<Walk> {
  const known = new Map(checkpoints.map(({ seq, hash }) => [seq, hash]));
  const sql = walkSql(chain);
  let position = from;
  for (let walked = 0; walked < sealsMax;) {
    const limit = Math.min(BATCH, sealsMax - walked);
    const rows = await reader.query<SealRow>(sql, [position.seq.toString(), limit]);
    for (const row of rows) {
      const fault = faultOf(row, position, known.get(row.seq));
      if (fault) return { position, fault, isAtEnd: false };
      position = { seq: row.seq, hash: row.hash.toString('hex') };
    }
    walked += rows.length;
    if (rows.length < limit) return { position, ...cutOff(position, checkpoints), isAtEnd: true };
    await pause?.();
  }
  return { position, isAtEnd: false };
}

export interface WalkOptions {
  readonly from?: ChainHead;
  readonly checkpoints?: readonly ChainHead[];
  readonly sealsMax?: number;
  /** Between two steps: lets other work go first. */
  readonly pause?: () => Promise<void>;
}

function faultOf(row: SealRow, position: ChainHead, checkpointHash: string | undefined): ChainFault | undefined {
  const { seq, recordId } = row;
  if (seq !== position.seq + 1n) return { kind: 'seal-missing', seq: position.seq + 1n };
  if (row.content === null) return { kind: 'record-missing', seq, recordId };
  if (row.previousHash.toString('hex') !== position.hash) return { kind: 'link-broken', seq, recordId };
  if (!sealHash(row.previousHash, row.content).equals(row.hash) || row.isDetachedPartChanged)
    return { kind: 'record-changed', seq, recordId };
  if (checkpointHash !== undefined && checkpointHash !== row.hash.toString('hex'))
    return { kind: 'checkpoint-differs', seq, recordId };
  return undefined;
}

/** A checkpoint counted seals that are no longer there. */
function cutOff(position: ChainHead, checkpoints: readonly ChainHead[]): { fault?: ChainFault } {
  const isBeyond = checkpoints.some(({ seq }) => seq > position.seq);
  return isBeyond ? { fault: { kind: 'seal-missing', seq: position.seq + 1n } } : {};
}

/** A link of a chain with what it seals, as it is handed out to be verified elsewhere. */
export interface ChainLink {
  readonly seq: bigint;
  readonly recordId: string;
  readonly previousHash: Buffer;
  readonly hash: Buffer;
  readonly content: string | null;
}

/** The links after a number, so many at most. */
export function readLinks(reader: SqlReader, chain: HashChain, after: bigint, limit: number): Promise<ChainLink[]> {
  return reader.query<ChainLink>(walkSql(chain), [after.toString(), limit]);
}

function walkSql(chain: HashChain): string {
  const content = chain.contents.map((sql, index) => `WHEN s.format = ${index + 1} THEN ${sql}`).join(' ');
  return `
    SELECT s.seq, s.${chain.sealedIdColumn} AS record_id, s.previous_hash, s.hash,
      CASE WHEN r.id IS NULL THEN NULL ${content} END AS content,
      coalesce(${chain.isDetachedPartChanged ?? 'false'}, false) AS is_detached_part_changed
    FROM ${chain.sealTable} s LEFT JOIN ${chain.table} r ON r.id = s.${chain.sealedIdColumn}
    WHERE s.seq > $1 ORDER BY s.seq LIMIT $2`;
}

interface UnsealedRow {
  readonly id: string;
  readonly isLeftOut: boolean;
}

/** The first record that nobody sealed although it ought to be by now: slipped in, or kept out of the chain. */
export async function findUnsealed(
  reader: SqlReader,
  chain: HashChain,
  { from = FIRST_ID, recordsMax = Infinity, pause }: UnsealedOptions = {},
): Promise<{ fault?: ChainFault; lastId: string; isAtEnd: boolean }> {
  const sql = unsealedSql(chain);
  let lastId = from;
  for (let read = 0; read < recordsMax; read += UNSEALED_BATCH) {
    const rows = await reader.query<UnsealedRow>(sql, [lastId, UNSEALED_BATCH]);
    const leftOut = rows.find(({ isLeftOut }) => isLeftOut);
    if (leftOut) return { fault: { kind: 'record-unsealed', recordId: leftOut.id }, lastId, isAtEnd: false };
    const last = rows.at(-1);
    if (!last) return { lastId, isAtEnd: true };
    lastId = last.id;
    await pause?.();
  }
  return { lastId, isAtEnd: false };
}

interface UnsealedOptions {
  readonly from?: string;
  readonly recordsMax?: number;
  readonly pause?: () => Promise<void>;
}

export const FIRST_ID = '00000000-0000-0000-0000-000000000000';
const UNSEALED_BATCH = 5000;

/** Of each part only its last record, and the first that is not sealed. */
function unsealedSql(chain: HashChain): string {
  return `
    WITH part AS (SELECT r.* FROM ${chain.table} r WHERE r.id > $1 ORDER BY r.id LIMIT $2)
    (SELECT r.id, true AS is_left_out FROM part r
     WHERE NOT EXISTS (SELECT FROM ${chain.sealTable} s WHERE s.${chain.sealedIdColumn} = r.id) AND ${chain.isDue}
     ORDER BY r.id LIMIT 1)
    UNION ALL (SELECT id, false FROM part ORDER BY id DESC LIMIT 1)`;
}

/** The last seal whose record stems from before an instant; the whole chain without one. */
export async function headOf(reader: SqlReader, chain: HashChain, before?: Date): Promise<ChainHead> {
  const [row] = await reader.query<{ seq: bigint; hash: Buffer }>(
    before
      ? `SELECT s.seq, s.hash FROM ${chain.sealTable} s JOIN ${chain.table} r ON r.id = s.${chain.sealedIdColumn}
         WHERE r.${chain.timeColumn} < $1 ORDER BY s.seq DESC LIMIT 1`
      : `SELECT seq, hash FROM ${chain.sealTable} ORDER BY seq DESC LIMIT 1`,
    before ? [before] : [],
  );
  return row ? { seq: row.seq, hash: row.hash.toString('hex') } : START;
}
