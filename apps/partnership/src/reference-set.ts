/** Rows for one table; the column types come from the table. */
export interface TableRows {
  readonly table: string;
  /** Columns of the primary key. */
  readonly key: readonly string[];
  readonly rows: readonly object[];
}

/** Shipped files that are loaded together. Each feature states its own. */
export interface ReferenceSet {
  readonly name: string;
  /** In `apps/partnership/data`; their contents come in this order. */
  readonly files: readonly string[];
  /** Grows when the reading changes, so that unchanged files are read again. */
  readonly edition: number;
  tables(...contents: string[]): TableRows[];
}
