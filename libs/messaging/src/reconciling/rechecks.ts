import { AppError, type RecheckView } from '#contracts';
import type { Database, Queries, Tx } from '#database';
import { type Clock, newId } from '#platform';
import { lastPosition, positionBefore } from '../relay/outbox-table';
import { TransactionOutput } from '../commands/transaction-output';

const DAY_MS = 86_400_000;
/** A backup that a consumer goes back to is not older than this as a rule; for one that is, somebody asks for everything. */
const DAILY_SPAN_MS = 3 * DAY_MS;
const LIST_MAX = 50;
const SCHEDULE = 'schedule';

/** A comparison that has not come to its end. */
export interface OpenRecheck {
  readonly id: string;
  /** Up to here it is done. */
  readonly reachedPosition: bigint;
  readonly throughPosition: bigint;
}

export interface RecheckStep {
  readonly reachedPosition: bigint;
  readonly checked: number;
  readonly publishedAgain: number;
  readonly missingRows: number;
  readonly isLast: boolean;
}

/**
 * The comparisons of all that was published with what arrived: asked for by a person, by the daily schedule, or when a consumer was
 * seen to have lost its memory. They stand in a table, so that neither the schedule nor one that runs is forgotten by a restart.
 */
export class Rechecks {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** PLATFORM_RECHECK_RUNNING while another has not finished. Without `since` it goes through everything ever published. */
  async request(tx: Tx, { by, reason, since }: { by: string; reason: string; since?: Date }): Promise<RecheckView> {
    const after = since ? await positionBefore(tx, since) : 0n;
    const [row] = await tx.query<RecheckRow>(
      `INSERT INTO recheck (id, requested_at, requested_by, reason, since, reached_position, through_position)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`,
      [newId(), this.clock.now(), by, reason, since ?? null, after, await lastPosition(tx)],
    );
    if (!row) throw new AppError('PLATFORM_RECHECK_RUNNING');
    return view(row);
  }

  /** The same on nobody's behalf or from the command line, with an audit record of its own. */
  requestAs(actor: string, { reason, since }: { reason: string; since?: Date }): Promise<RecheckView> {
    return this.database.transaction(async (tx) => {
      const recheck = await this.request(tx, { by: actor, reason, ...(since && { since }) });
      const output = TransactionOutput.of(tx);
      output.because({ actor, operation: 'recheck.begin', correlationId: newId() });
      output.auditAs({ objectId: recheck.id, details: { reason, since: recheck.since } });
      return recheck;
    });
  }

  /** Begins the daily one when its time has come, by the last one in the table; answers whether it did. */
  async beginIfDue(): Promise<boolean> {
    const now = this.clock.now().getTime();
    const [row] = await this.database.reserved.query<{ lastAt: Date | null; isOpen: boolean }>(
      `SELECT max(requested_at) FILTER (WHERE requested_by = $1) AS last_at,
         coalesce(bool_or(finished_at IS NULL), false) AS is_open FROM recheck`,
      [SCHEDULE],
    );
    if (row?.isOpen || (row?.lastAt && now - row.lastAt.getTime() < DAY_MS)) return false;
    await this.requestAs(SCHEDULE, { reason: 'once a day', since: new Date(now - DAILY_SPAN_MS) });
    return true;
  }

  async open(): Promise<OpenRecheck | undefined> {
    const [row] = await this.database.reserved.query<OpenRecheck>(
      `SELECT id, reached_position, through_position
       FROM recheck WHERE finished_at IS NULL`,
    );
    return row;
  }

  async advance(id: string, step: RecheckStep): Promise<void> {
    await this.database.reserved.query(
      `UPDATE recheck SET reached_position = $2, checked = checked + $3, published_again = published_again + $4,
         missing_rows = missing_rows + $5, finished_at = $6 WHERE id = $1`,
      [
        id,
        step.reachedPosition,
        step.checked,
        step.publishedAgain,
        step.missingRows,
        step.isLast ? this.clock.now() : null,
      ],
    );
  }

  /** Newest first. */
  list(): Promise<RecheckView[]> {
    return readRechecks(this.database, `ORDER BY requested_at DESC, id DESC LIMIT ${LIST_MAX}`, []);
  }

  async find(id: string): Promise<RecheckView | undefined> {
    const [recheck] = await readRechecks(this.database, 'WHERE id = $1', [id]);
    return recheck;
  }
}

const COLUMNS = `id, requested_at, requested_by, reason, since, checked,
  published_again, missing_rows, finished_at`;

type Instants = 'requestedAt' | 'since' | 'finishedAt';
type RecheckRow = Omit<RecheckView, Instants> & { requestedAt: Date; since: Date | null; finishedAt: Date | null };

async function readRechecks(database: Queries, rest: string, values: readonly unknown[]): Promise<RecheckView[]> {
  return (await database.query<RecheckRow>(`SELECT ${COLUMNS} FROM recheck ${rest}`, values)).map(view);
}

function view(row: RecheckRow): RecheckView {
  return {
    ...row,
    requestedAt: row.requestedAt.toISOString(),
    since: row.since?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}
