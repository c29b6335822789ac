import assert from 'node:assert/strict';
import { ANSWER_BYTES_MAX, type Page } from '#contracts';
import { JsonReply } from '#platform';
import { type CursorPosition, type CursorSeal, listIdentity } from './cursor';

export interface SortColumn {
  /** The name in the API's `sort`. */
  readonly key: string;
  /** The SQL expression; must never be NULL (use coalesce) and be the same in an index for speed. */
  readonly column: string;
  readonly type: 'text' | 'date' | 'timestamptz' | 'uuid' | 'int8' | 'int4' | 'numeric';
  readonly descending?: boolean;
}

/** A row that is passed on as it is: `jsonText(...) AS json`. */
export interface JsonRow {
  readonly json: string;
}

export interface PageOptions<Row, Item = Row> {
  /** `SELECT a, b FROM t ...` with its joins, without WHERE, DISTINCT, GROUP BY or ORDER BY. */
  readonly select: string;
  /** Conditions joined by AND, with `$n` placeholders. */
  readonly where?: readonly string[];
  readonly parameters?: readonly unknown[];
  readonly sort: readonly SortColumn[];
  /** The unique uuid column that ends the order; appended to `sort`. */
  readonly idColumn: string;
  /** 0 counts the list instead of reading it. */
  readonly limit: number;
  readonly cursor?: string;
  /** Any JSON of the filters in force: a cursor is good for this list only. */
  readonly filterHash: unknown;
  /** Makes the items of the list, one for each row and in the same order; the rows as they are unless stated. */
  readonly items?: (rows: readonly Row[], cursors: RowCursors) => readonly Item[] | Promise<readonly Item[]>;
}

/** The cursor of the page that begins after a row, by its index: for lists of several services that are merged elsewhere. */
export type RowCursors = (index: number) => string;

type RunQuery = (sql: string, parameters: unknown[]) => Promise<Record<string, unknown>[]>;
type JsonOf = (item: unknown) => string;

const KEY_PREFIX = 'pageKey';

/** Half of what one answer may have: whoever passes a page on may add to it. */
export const PAGE_BYTES_MAX = ANSWER_BYTES_MAX / 2;

/**
 * Keyset pages: a page begins where a row stood, not at a number of rows, so what others insert or delete meanwhile neither
 * repeats nor hides a row. A page has `limit` rows at most and ends earlier where its items would exceed PAGE_BYTES_MAX; it has
 * one item at least, so that following `next` always comes to the end.
 */
export async function readPage<Row extends object, Item = Row>(
  options: PageOptions<Row, Item>,
  seal: CursorSeal,
  run: RunQuery,
  jsonOf: JsonOf = JSON.stringify,
): Promise<Page<Item>> {
  if (options.limit === 0)
    return { items: [], page: { limit: 0, next: null, prev: null, total: await count(options, run) } };
  // The id runs as the column before it, so that one index serves both directions and begins at the cursor.
  const descending = options.sort.at(-1)?.descending ?? false;
  const order: SortColumn[] = [...options.sort, { key: 'id', column: options.idColumn, type: 'uuid', descending }];
  const list = listIdentity(
    options.filterHash,
    order.map((it) => `${it.column} ${it.descending ? 'desc' : 'asc'}`),
  );
  const position = options.cursor === undefined ? undefined : seal.open(options.cursor, list, order.length);
  const rows = await readRows(options, order, position, run);
  const isBackward = position !== undefined && position.side !== 'after';
  // Going back beyond what is left of the list leads to its start.
  if (isBackward && rows.length === 0) return readPage({ ...options, cursor: undefined }, seal, run, jsonOf);

  const wanted = rows.slice(0, options.limit);
  // Rows come from the cursor outwards, so what a full page leaves out is what lies farthest from it.
  const made = await itemsOf(options, wanted, (keys) => seal.seal({ side: 'after', keys }, list));
  const items = withinPage(made, jsonOf);
  const kept = wanted.slice(0, items.length);
  if (isBackward) {
    items.reverse();
    kept.reverse();
  }
  const ends = [kept[0], kept.at(-1)].map((row) => row && keysOf(row));
  const neighbours = neighboursOf(ends, position, rows.length > items.length);
  return {
    items,
    page: {
      limit: options.limit,
      next: neighbours.next ? seal.seal(neighbours.next, list) : null,
      prev: neighbours.prev ? seal.seal(neighbours.prev, list) : null,
    },
  };
}

/** The same of rows whose `json` is the item: nobody reads it. */
export async function readJsonPage<Item>(
  options: Omit<PageOptions<JsonRow, string>, 'items'>,
  seal: CursorSeal,
  run: RunQuery,
): Promise<JsonReply<Page<Item>>> {
  const written: PageOptions<JsonRow, string> = { ...options, items: (rows) => rows.map(({ json }) => json) };
  const { items, page } = await readPage(written, seal, run, String);
  let json = '{"items":[';
  // Added up, the parts are copied once, by whoever makes bytes of them; joined, once more.
  for (const [index, item] of items.entries()) json += index > 0 ? `,${item}` : item;
  return new JsonReply(`${json}],"page":${JSON.stringify(page)}}`);
}

/** Postgres pulls the inner query up, so what a row says of itself is not computed. */
async function count({ select, where = [], parameters = [] }: CountedList, run: RunQuery): Promise<number> {
  const [row] = await run(`SELECT count(*)::int AS total FROM (${select} ${conditionOf(where)}) AS listed`, [
    ...parameters,
  ]);
  assert(typeof row?.total === 'number', 'a count is a number');
  return row.total;
}

type CountedList = Pick<PageOptions<never>, 'select' | 'where' | 'parameters'>;

function conditionOf(where: readonly string[]): string {
  return where.length > 0 ? `WHERE ${where.map((condition) => `(${condition})`).join(' AND ')}` : '';
}

async function itemsOf<Row, Item>(
  options: PageOptions<Row, Item>,
  selected: readonly Record<string, unknown>[],
  cursorAfter: (keys: readonly string[]) => string,
): Promise<readonly Item[]> {
  const rows = selected.map((row) => withoutKeys<Row>(row));
  if (!options.items) return rows as unknown as Item[];
  const items = await options.items(rows, (index) => cursorAfter(keysOf(selected[index] ?? {})));
  assert.equal(items.length, rows.length, 'a list makes one item of each row');
  return items;
}

/** The first items that fit into PAGE_BYTES_MAX, one at least: for lists that go on from their last item without a cursor. */
export function withinPage<Item>(items: readonly Item[], jsonOf: JsonOf = JSON.stringify): Item[] {
  // No character has more than three bytes: their number spares nearly every page the exact measure.
  const characters = items.reduce((sum, item) => sum + jsonOf(item).length + 1, 0);
  if (characters * 3 <= PAGE_BYTES_MAX) return [...items];
  let bytes = 0;
  const end = items.findIndex((item) => (bytes += Buffer.byteLength(jsonOf(item)) + 1) > PAGE_BYTES_MAX);
  return items.slice(0, end === -1 ? items.length : Math.max(1, end));
}

function neighboursOf(
  [first, last]: readonly (readonly string[] | undefined)[],
  position: CursorPosition | undefined,
  hasMore: boolean,
): { next?: CursorPosition; prev?: CursorPosition } {
  if (!position) return hasMore && last ? { next: { side: 'after', keys: last } } : {};
  if (!first || !last) return { prev: { side: 'until', keys: position.keys } };
  const next: CursorPosition = { side: 'after', keys: last };
  const prev: CursorPosition = { side: 'before', keys: first };
  if (position.side === 'after') return { prev, ...(hasMore && { next }) };
  return { next, ...(hasMore && { prev }) };
}

function readRows(
  options: Omit<PageOptions<never>, 'items'>,
  order: readonly SortColumn[],
  position: CursorPosition | undefined,
  run: RunQuery,
): Promise<Record<string, unknown>[]> {
  const parameters = [...(options.parameters ?? [])];
  const where = [...(options.where ?? [])];
  if (position) where.push(keysetCondition(order, position, parameters));
  const isBackward = position !== undefined && position.side !== 'after';
  const orderBy = order.map((it) => `${it.column} ${Boolean(it.descending) === isBackward ? 'ASC' : 'DESC'}`);
  parameters.push(options.limit + 1);
  const sql = [
    withKeys(options.select, order),
    conditionOf(where),
    `ORDER BY ${orderBy.join(', ')} LIMIT $${parameters.length}`,
  ].join(' ');
  return run(sql, parameters);
}

/**
 * `(a, b, id) > (...)` written out, since the columns may run in different directions: the first line lets an index on `a`
 * begin at the right place, the nested rest decides among equals.
 */
function keysetCondition(order: readonly SortColumn[], position: CursorPosition, parameters: unknown[]): string {
  const isBackward = position.side !== 'after';
  const isInclusive = position.side === 'until';
  const first = parameters.length + 1;
  parameters.push(...position.keys);
  const terms = order.map((it, index) => ({
    column: it.column,
    value: `$${first + index}::${it.type}`,
    operator: Boolean(it.descending) === isBackward ? '>' : '<',
  }));
  if (terms.every((term) => term.operator === terms[0]?.operator)) {
    const operator = `${terms[0]?.operator ?? '>'}${isInclusive ? '=' : ''}`;
    return `(${terms.map((term) => term.column).join(', ')}) ${operator} (${terms.map((term) => term.value).join(', ')})`;
  }
  const nested = terms.reduceRight((rest, term, index) => {
    const strict = `${term.column} ${term.operator} ${term.value}`;
    if (index === terms.length - 1) return isInclusive ? `${term.column} ${term.operator}= ${term.value}` : strict;
    return `${strict} OR (${term.column} = ${term.value} AND (${rest}))`;
  }, '');
  const head = terms[0];
  assert(head, 'an order has columns');
  return `${head.column} ${head.operator}= ${head.value} AND (${nested})`;
}

/** Selects the sort values as text too: a Date would lose microseconds, and the next page a row. */
function withKeys(select: string, order: readonly SortColumn[]): string {
  const match = /^\s*SELECT\s+(?!DISTINCT)/i.exec(select);
  assert(match, 'a paged query begins with SELECT and has no DISTINCT');
  const keys = order.map((it, index) => `(${it.column})::text AS page_key_${index}`);
  return `SELECT ${keys.join(', ')}, ${select.slice(match[0].length)}`;
}

function keysOf(row: Record<string, unknown>): string[] {
  const keys: string[] = [];
  for (let index = 0; `${KEY_PREFIX}${index}` in row; index++) {
    const key = row[`${KEY_PREFIX}${index}`];
    assert(typeof key === 'string', 'a sort column is NULL; page over coalesce(...) instead');
    keys.push(key);
  }
  return keys;
}

function withoutKeys<Row>(row: Record<string, unknown>): Row {
  const kept: Record<string, unknown> = {};
  // Every row of every page comes through here: a list of its entries would cost five times as much.
  for (const name in row) if (!name.startsWith(KEY_PREFIX)) kept[name] = row[name];
  return kept as Row;
}
