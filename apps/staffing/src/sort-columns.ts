import assert from 'node:assert/strict';
import type { SortColumn } from '#database';

/** Turns `['-startsOn', 'title']` into columns; the contract has already refused keys that are not listed. */
export function sortColumns(
  sortable: Readonly<Record<string, Pick<SortColumn, 'column' | 'type'>>>,
  keys: readonly string[],
): SortColumn[] {
  return keys.map((text) => {
    const key = text.replace(/^-/, '');
    const column = sortable[key];
    assert(column, `no column for sort key ${key}`);
    return { key, ...column, descending: text.startsWith('-') };
  });
}
