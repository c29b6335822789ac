import type { Queries } from './database';

/** Statements that are asked at once. One would leave the database idle between two, more would ask for fewer rows each. */
const OUT_MAX = 2;
/** A statement that takes longer, on a database in trouble, no longer holds back what comes after it. */
const PATIENCE_MS = 200;

type Asked<Row> = PromiseWithResolvers<Row | undefined>;

/**
 * Reads rows by their id, for what many read at once: a lone read is asked at the end of its tick, and those that come in while two
 * statements are out go together with the next one. A statement costs both sides more than the row it brings.
 */
export class RowsById<Row extends { readonly id: string }> {
  private waiting = new Map<string, Asked<Row>>();
  private out = 0;
  private isDue = false;

  /** `sql` is prepared under `name`, and has one parameter: `... WHERE id = ANY ($1)`. */
  constructor(
    private readonly database: Pick<Queries, 'statement'>,
    private readonly name: string,
    private readonly sql: string,
  ) {}

  find(id: string): Promise<Row | undefined> {
    // As Postgres writes it.
    const key = id.toLowerCase();
    const asked = this.waiting.get(key) ?? Promise.withResolvers<Row | undefined>();
    this.waiting.set(key, asked);
    this.schedule();
    return asked.promise;
  }

  private schedule(): void {
    if (this.isDue || this.out >= OUT_MAX || this.waiting.size === 0) return;
    this.isDue = true;
    // What else comes in with this tick belongs to the same statement.
    setImmediate(() => {
      this.isDue = false;
      const batch = this.waiting;
      this.waiting = new Map();
      void this.read(batch);
    });
  }

  /** Settles all that was asked for; never rejects. */
  private async read(batch: ReadonlyMap<string, Asked<Row>>): Promise<void> {
    this.out += 1;
    let isOut = true;
    const comeBack = (): void => {
      if (!isOut) return;
      isOut = false;
      this.out -= 1;
      this.schedule();
    };
    const patience = setTimeout(comeBack, PATIENCE_MS).unref();
    try {
      const rows = await this.database.statement<Row>(this.name, this.sql, [[...batch.keys()]]);
      const found = new Map(rows.map((row) => [row.id, row]));
      for (const [id, { resolve }] of batch) resolve(found.get(id));
    } catch (error) {
      for (const { reject } of batch.values()) reject(error);
    } finally {
      clearTimeout(patience);
      comeBack();
    }
  }
}
